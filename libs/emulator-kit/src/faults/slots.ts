import type { CancelTimer, Clock } from '../runtime/clock.js';

/** How a wait for a slot ended. */
export type Admission = 'slot' | 'queue-full' | 'timed-out';

interface Waiter {
  readonly admit: (admission: Admission) => void;
  cancel: CancelTimer;
}

/** A number of workers and a bounded queue before them: saturates as a real system does. */
export class Slots {
  private busy = 0;
  private readonly waiters = new Set<Waiter>();

  constructor(
    private readonly limits: { readonly slots: number; readonly queue: number; readonly queueTimeoutMs: number },
    private readonly clock: Clock,
  ) {}

  /** True when nothing is held and nobody waits. */
  get isIdle(): boolean {
    return this.busy === 0 && this.waiters.size === 0;
  }

  /** Takes a slot now if one is free, else waits in the queue if it has room; callers with a slot must `release` it. */
  enter(): Admission | Promise<Admission> {
    if (this.busy < this.limits.slots) {
      this.busy += 1;
      return 'slot';
    }
    if (this.waiters.size >= this.limits.queue) return 'queue-full';
    return new Promise((resolve) => {
      const waiter: Waiter = { admit: resolve, cancel: () => undefined };
      this.waiters.add(waiter);
      waiter.cancel = this.clock.after(this.limits.queueTimeoutMs, () => {
        this.waiters.delete(waiter);
        resolve('timed-out');
      });
    });
  }

  /** Hands the slot to the longest waiting, or frees it. */
  release(): void {
    const next = this.waiters.values().next().value;
    if (next === undefined) {
      this.busy -= 1;
      return;
    }
    this.waiters.delete(next);
    next.cancel();
    next.admit('slot');
  }
}
