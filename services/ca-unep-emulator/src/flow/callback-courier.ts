import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import {
  Clock,
  CONFIG,
  Journal,
  Logger,
  OutgoingError,
  OutgoingHttp,
  ResetOnAdmin,
  type CancelTimer,
  type Resettable,
} from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import type { Delivery, ResultEvent } from '../domain/result-event.js';
import { SlotQueue } from '../domain/slot-queue.js';
import { EventStore } from '../state/event.store.js';
import { CaMetrics } from './ca-metrics.js';

/** One letter: an event, its bytes and where it goes. */
export interface Callback {
  readonly event: ResultEvent;
  readonly url: string;
  readonly body: string;
}

/** Posts events to tenants until one try is answered with 2xx or the pauses are used up: at least once, always under one id. */
@Injectable()
@ResetOnAdmin()
export class CallbackCourier implements Resettable, OnModuleDestroy {
  private readonly slots: SlotQueue;
  private readonly timers = new Set<CancelTimer>();

  constructor(
    private readonly events: EventStore,
    private readonly outgoing: OutgoingHttp,
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly logger: Logger,
    private readonly metrics: CaMetrics,
    @Inject(CONFIG) private readonly config: CaConfig,
  ) {
    this.slots = new SlotQueue(config.callbackSlots, config.maxEvents);
    metrics.watch('callback_queue_depth', () => this.slots.depth);
  }

  /** Starts the delivery; never throws. A full queue counts as a failed try. @returns settled after the first try */
  post(callback: Callback, tries = 0): Promise<void> {
    return new Promise((resolve) => {
      const isQueued = this.slots.submit(() => this.attempt(callback, tries).finally(resolve));
      if (isQueued) return;
      this.retry(callback, { state: 'PENDING', tries: tries + 1, last: 'queue full' });
      resolve();
    });
  }

  reset(): void {
    this.slots.clear();
    for (const cancel of this.timers) cancel();
    this.timers.clear();
  }

  onModuleDestroy(): void {
    this.reset();
  }

  private async attempt(callback: Callback, before: number): Promise<void> {
    const last = await this.send(callback);
    const tries = before + 1;
    const isDelivered = /^2\d\d$/.test(last);
    this.metrics.callbackTried(isDelivered ? 'delivered' : 'failed');
    const { id: eventId, type } = callback.event;
    this.journal.note('astral.callback', isDelivered ? 'reply' : 'fail', { eventId, type, url: callback.url, last });
    if (isDelivered) await this.keep(callback, { state: 'DELIVERED', tries, last });
    else this.retry(callback, { state: 'PENDING', tries, last });
  }

  /** HTTP status, or why none came. */
  private async send({ event, url, body }: Callback): Promise<string> {
    const { callbackToken, callbackTimeoutMs: timeoutMs } = this.config;
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      ...(callbackToken === undefined ? {} : { authorization: `Bearer ${callbackToken}` }),
    };
    const name = `hrlink.${event.type.toLowerCase().replaceAll('_', '-')}`;
    try {
      const { status } = await this.outgoing.call({ name, method: 'POST', url, headers, body, timeoutMs });
      return String(status);
    } catch (failure) {
      return failure instanceof OutgoingError ? failure.message : String(failure);
    }
  }

  private retry(callback: Callback, delivery: Delivery): void {
    const pauseMs = this.config.callbackRetriesMs[delivery.tries - 1];
    void this.keep(callback, pauseMs === undefined ? { ...delivery, state: 'FAILED' } : delivery);
    if (pauseMs === undefined) return;
    const cancel = this.clock.after(pauseMs, () => {
      this.timers.delete(cancel);
      void this.post(callback, delivery.tries);
    });
    this.timers.add(cancel);
  }

  private async keep({ event }: Callback, delivery: Delivery): Promise<void> {
    try {
      await this.events.setDelivery(event.id, delivery);
    } catch (failure) {
      this.logger.error('callback.not-kept', { event: event.id, failure: String(failure) });
    }
  }
}
