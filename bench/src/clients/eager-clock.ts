import type { Clock, StopTicking } from '../../../load/src/engine/clock.js';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/**
 * Plan time that moves as fast as the work gets done: the next arrival is due as soon as fewer than so many operations
 * are in progress. The engine then runs without ever waiting for the clock, as a closed loop does.
 */
export class EagerClock implements Clock {
  private readonly ticks = new Set<() => void>();
  private readonly sleepers = new Set<Sleeper>();
  private begun = 0;
  private ended = 0;
  /** Steps made over gaps of the plan in which nothing is due. */
  private skipped = 0;
  private isScheduled = false;

  constructor(
    readonly startAt: number,
    private readonly perSecond: number,
    private readonly inProgress: number,
  ) {}

  now(): number {
    return this.startAt + ((this.ended + this.skipped + this.inProgress) * 1000) / this.perSecond;
  }

  /** An operation has begun. */
  begin(): void {
    this.begun += 1;
  }

  /** An operation has ended. */
  end(): void {
    this.ended += 1;
    this.schedule();
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.turn());
  }

  every(_periodMs: number, tick: () => void): StopTicking {
    this.ticks.add(tick);
    setImmediate(() => this.turn());
    return () => void this.ticks.delete(tick);
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    if (delayMs <= 0 || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = { until: this.now() + delayMs, wake: resolve };
      this.sleepers.add(sleeper);
      signal?.addEventListener('abort', () => this.wake(sleeper), { once: true });
    });
  }

  private turn(): void {
    this.isScheduled = false;
    for (const tick of this.ticks) tick();
    const now = this.now();
    for (const sleeper of this.sleepers) if (sleeper.until <= now) this.wake(sleeper);
    if (this.begun > this.ended || this.ticks.size === 0) return;
    this.skipped += 1;
    this.schedule();
  }

  private wake(sleeper: Sleeper): void {
    this.sleepers.delete(sleeper);
    sleeper.wake();
  }
}
