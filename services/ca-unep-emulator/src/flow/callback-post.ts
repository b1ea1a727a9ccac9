import { OutgoingError, type CancelTimer, type Clock, type OutgoingHttp } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import type { Delivery } from '../domain/result-event.js';
import { SlotQueue } from '../domain/slot-queue.js';

/** One letter: JSON and where it goes. */
export interface Letter {
  /** Of the call, in spans. */
  readonly name: string;
  readonly url: string;
  readonly body: string;
}

/** Who is told what became of letters. */
export interface PostFollower<L extends Letter> {
  /** A try has ended. @param last HTTP status, or why none came */
  tried(letter: L, last: string, isDelivered: boolean): void;
  /** The state of a letter has changed; never rejects. */
  keep(letter: L, delivery: Delivery): Promise<void>;
}

export interface PostMeans {
  readonly outgoing: OutgoingHttp;
  readonly clock: Clock;
  readonly config: Pick<
    CaConfig,
    'callbackSlots' | 'maxEvents' | 'callbackToken' | 'callbackTimeoutMs' | 'callbackRetriesMs'
  >;
}

/** Posts letters until one try is answered with 2xx or the pauses of callbacks are used up. */
export class CallbackPost<L extends Letter> {
  private readonly slots: SlotQueue;
  private readonly timers = new Set<CancelTimer>();

  constructor(
    private readonly means: PostMeans,
    private readonly follower: PostFollower<L>,
  ) {
    this.slots = new SlotQueue(means.config.callbackSlots, means.config.maxEvents);
  }

  /** Letters that wait for a slot. */
  get depth(): number {
    return this.slots.depth;
  }

  /** Starts the delivery; never throws. A full queue counts as a failed try. @returns settled after the first try */
  post(letter: L, tries = 0): Promise<void> {
    return new Promise((resolve) => {
      const isQueued = this.slots.submit(() => this.attempt(letter, tries).finally(resolve));
      if (isQueued) return;
      this.retry(letter, { state: 'PENDING', tries: tries + 1, last: 'queue full' });
      resolve();
    });
  }

  /** Forgets all letters. */
  clear(): void {
    this.slots.clear();
    for (const cancel of this.timers) cancel();
    this.timers.clear();
  }

  private async attempt(letter: L, before: number): Promise<void> {
    const last = await this.send(letter);
    const tries = before + 1;
    const isDelivered = /^2\d\d$/.test(last);
    this.follower.tried(letter, last, isDelivered);
    if (isDelivered) await this.follower.keep(letter, { state: 'DELIVERED', tries, last });
    else this.retry(letter, { state: 'PENDING', tries, last });
  }

  /** HTTP status, or why none came. */
  private async send({ name, url, body }: Letter): Promise<string> {
    const { callbackToken, callbackTimeoutMs: timeoutMs } = this.means.config;
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      ...(callbackToken === undefined ? {} : { authorization: `Bearer ${callbackToken}` }),
    };
    try {
      const { status } = await this.means.outgoing.call({ name, method: 'POST', url, headers, body, timeoutMs });
      return String(status);
    } catch (failure) {
      return failure instanceof OutgoingError ? failure.message : String(failure);
    }
  }

  private retry(letter: L, delivery: Delivery): void {
    const pauseMs = this.means.config.callbackRetriesMs[delivery.tries - 1];
    void this.follower.keep(letter, pauseMs === undefined ? { ...delivery, state: 'FAILED' } : delivery);
    if (pauseMs === undefined) return;
    const cancel = this.means.clock.after(pauseMs, () => {
      this.timers.delete(cancel);
      void this.post(letter, delivery.tries);
    });
    this.timers.add(cancel);
  }
}
