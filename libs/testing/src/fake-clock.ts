import { Clock, type CancelTimer } from '@poligon/emulator-kit';

interface Timer {
  readonly dueMs: number;
  readonly action: () => void;
}

/** A clock that stands still until `advance` is called; timers fire in order of their due time. */
export class FakeClock extends Clock {
  private elapsedMs = 0;
  private offsetMs = 0;
  private readonly timers = new Set<Timer>();

  constructor(private readonly startMs = Date.parse('2026-01-15T09:00:00Z')) {
    super();
  }

  get shiftMs(): number {
    return this.offsetMs;
  }

  nowMs(): number {
    return this.startMs + this.elapsedMs + this.offsetMs;
  }

  monotonicMs(): number {
    return this.elapsedMs;
  }

  after(delayMs: number, action: () => void): CancelTimer {
    const timer = { dueMs: this.elapsedMs + Math.max(0, delayMs), action };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  sleepUntil(targetMs: number): Promise<void> {
    if (targetMs <= this.elapsedMs) return Promise.resolve();
    return new Promise((resolve) => this.after(targetMs - this.elapsedMs, resolve));
  }

  shift(offsetMs: number): void {
    this.offsetMs = offsetMs;
  }

  /** Moves time forward, firing what falls due; lets promise reactions run after each timer. */
  async advance(ms: number): Promise<void> {
    const targetMs = this.elapsedMs + ms;
    for (let next = this.next(targetMs); next !== undefined; next = this.next(targetMs)) {
      this.timers.delete(next);
      this.elapsedMs = next.dueMs;
      next.action();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.elapsedMs = targetMs;
  }

  private next(targetMs: number): Timer | undefined {
    return [...this.timers].filter(({ dueMs }) => dueMs <= targetMs).sort((left, right) => left.dueMs - right.dueMs)[0];
  }
}
