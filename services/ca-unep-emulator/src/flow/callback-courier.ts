import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock, CONFIG, Journal, Logger, OutgoingHttp, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import type { Delivery, ResultEvent } from '../domain/result-event.js';
import { EventStore } from '../state/event.store.js';
import { CaMetrics } from './ca-metrics.js';
import { CallbackPost, type Letter, type PostFollower } from './callback-post.js';

/** An event, its bytes and where it goes. */
export interface Callback {
  readonly event: ResultEvent;
  readonly url: string;
  readonly body: string;
}

type EventLetter = Callback & Letter;

/** Posts events to tenants: at least once, always under one id. */
@Injectable()
@ResetOnAdmin()
export class CallbackCourier implements Resettable, OnModuleDestroy, PostFollower<EventLetter> {
  private readonly letters: CallbackPost<EventLetter>;

  constructor(
    private readonly events: EventStore,
    outgoing: OutgoingHttp,
    clock: Clock,
    private readonly journal: Journal,
    private readonly logger: Logger,
    private readonly metrics: CaMetrics,
    @Inject(CONFIG) config: CaConfig,
  ) {
    this.letters = new CallbackPost({ outgoing, clock, config }, this);
    metrics.watch('callback_queue_depth', () => this.letters.depth);
  }

  /** Starts the delivery, after so many tries before; never throws. @returns settled after the first try from now */
  post(callback: Callback, tries = 0): Promise<void> {
    const name = `hrlink.${callback.event.type.toLowerCase().replaceAll('_', '-')}`;
    return this.letters.post({ ...callback, name }, tries);
  }

  reset(): void {
    this.letters.clear();
  }

  onModuleDestroy(): void {
    this.reset();
  }

  tried({ event: { id: eventId, type }, url }: EventLetter, last: string, isDelivered: boolean): void {
    this.metrics.callbackTried(isDelivered ? 'delivered' : 'failed');
    this.journal.note('astral.callback', isDelivered ? 'reply' : 'fail', { eventId, type, url, last });
  }

  async keep({ event }: EventLetter, delivery: Delivery): Promise<void> {
    try {
      await this.events.setDelivery(event.id, delivery);
    } catch (failure) {
      this.logger.error('callback.not-kept', { event: event.id, failure: String(failure) });
    }
  }
}
