import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import {
  Clock,
  CONFIG,
  Journal,
  OutgoingError,
  OutgoingHttp,
  ResetOnAdmin,
  type CancelTimer,
  type Resettable,
} from '@poligon/emulator-kit';
import type { CaConfig } from '../../config.js';
import { SlotQueue } from '../../domain/slot-queue.js';

/** How a transaction ended, as it goes over the wire (section 2.4, async mode). */
interface Ending {
  readonly Result: 'success' | 'error';
  readonly TransactionId: string;
  readonly Error: string;
}

/** Tells the client that a transaction was confirmed or has failed; tried again after the pauses of callbacks until 2xx. */
@Injectable()
@ResetOnAdmin()
export class DssCallbacks implements Resettable, OnModuleDestroy {
  private readonly slots: SlotQueue;
  private readonly timers = new Set<CancelTimer>();

  constructor(
    private readonly outgoing: OutgoingHttp,
    private readonly clock: Clock,
    private readonly journal: Journal,
    @Inject(CONFIG) private readonly config: CaConfig,
  ) {
    this.slots = new SlotQueue(config.callbackSlots, config.maxEvents);
  }

  /** @param error empty for a success */
  tell(transactionId: string, error = ''): void {
    const url = this.config.dssCallbackUrl;
    if (url === undefined) return;
    this.post({ Result: error === '' ? 'success' : 'error', TransactionId: transactionId, Error: error }, url, 0);
  }

  reset(): void {
    this.slots.clear();
    for (const cancel of this.timers) cancel();
    this.timers.clear();
  }

  onModuleDestroy(): void {
    this.reset();
  }

  private post(ending: Ending, url: string, tries: number): void {
    if (!this.slots.submit(() => this.attempt(ending, url, tries))) this.retry(ending, url, tries);
  }

  private async attempt(ending: Ending, url: string, tries: number): Promise<void> {
    const last = await this.send(ending, url);
    const isDelivered = /^2\d\d$/.test(last);
    const facts = { transactionId: ending.TransactionId, result: ending.Result, url, last };
    this.journal.note('dss.callback', isDelivered ? 'reply' : 'fail', facts);
    if (!isDelivered) this.retry(ending, url, tries);
  }

  /** HTTP status, or why none came. */
  private async send(ending: Ending, url: string): Promise<string> {
    const { callbackToken, callbackTimeoutMs: timeoutMs } = this.config;
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      ...(callbackToken === undefined ? {} : { authorization: `Bearer ${callbackToken}` }),
    };
    const body = JSON.stringify(ending);
    try {
      const { status } = await this.outgoing.call({
        name: 'hrlink.dss-callback',
        method: 'POST',
        url,
        headers,
        body,
        timeoutMs,
      });
      return String(status);
    } catch (failure) {
      return failure instanceof OutgoingError ? failure.message : String(failure);
    }
  }

  private retry(ending: Ending, url: string, tries: number): void {
    const pauseMs = this.config.callbackRetriesMs[tries];
    if (pauseMs === undefined) return;
    const cancel = this.clock.after(pauseMs, () => {
      this.timers.delete(cancel);
      this.post(ending, url, tries + 1);
    });
    this.timers.add(cancel);
  }
}
