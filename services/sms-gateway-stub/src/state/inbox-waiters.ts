import type { Clock } from '@poligon/emulator-kit';
import { shown, type InboxMessage, type InboxQuery, type KeptText } from './inbox-message.js';

/** A reader that waits. */
export interface Waiter {
  readonly query: InboxQuery;
  readonly take: (text: KeptText) => void;
}

const NOBODY: readonly Waiter[] = [];

/** Readers that wait for texts, by phone. */
export class InboxWaiters {
  private readonly waiters = new Map<string, Set<Waiter>>();

  constructor(private readonly clock: Clock) {}

  get count(): number {
    let count = 0;
    for (const waiters of this.waiters.values()) count += waiters.size;
    return count;
  }

  /** Phones somebody waits for. */
  get phones(): readonly string[] {
    return [...this.waiters.keys()];
  }

  of(phone: string): readonly Waiter[] {
    const waiters = this.waiters.size === 0 ? undefined : this.waiters.get(phone);
    return waiters === undefined ? NOBODY : [...waiters];
  }

  /** Resolves with what the waiter takes; undefined when none came in time or `signal` ended the wait. */
  wait(query: InboxQuery, timeoutMs: number, signal?: AbortSignal): Promise<InboxMessage | undefined> {
    return new Promise((resolve) => {
      const waiters = this.waiters.get(query.phone) ?? new Set<Waiter>();
      this.waiters.set(query.phone, waiters);
      const finish = (text: KeptText | undefined) => {
        cancel();
        signal?.removeEventListener('abort', giveUp);
        waiters.delete(waiter);
        if (waiters.size === 0 && this.waiters.get(query.phone) === waiters) this.waiters.delete(query.phone);
        resolve(text === undefined ? undefined : shown(text));
      };
      const giveUp = () => finish(undefined);
      const waiter: Waiter = { query, take: finish };
      const cancel = this.clock.after(timeoutMs, giveUp);
      waiters.add(waiter);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }
}
