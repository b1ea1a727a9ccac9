/** Cancels a timer; calling it twice is harmless. */
export type CancelTimer = () => void;

/**
 * The only source of time. `nowMs` is wall time (it can be shifted by an engineer for rehearsals), `monotonicMs` never jumps and is
 * what latencies are counted in.
 */
export abstract class Clock {
  /** Wall time, milliseconds since the epoch, shift included. */
  abstract nowMs(): number;
  /** Monotonic milliseconds with sub-millisecond fraction; comparable only within one process. */
  abstract monotonicMs(): number;
  /** Runs `action` once after `delayMs`; the timer does not keep the process alive. */
  abstract after(delayMs: number, action: () => void): CancelTimer;
  /** Resolves when `monotonicMs()` has reached `targetMs`; at once when it already has. */
  abstract sleepUntil(targetMs: number): Promise<void>;
  /** Moves wall time by `offsetMs` relative to the machine's clock; 0 restores it. */
  abstract shift(offsetMs: number): void;
  abstract readonly shiftMs: number;

  /** Wall time as an ISO 8601 UTC string with milliseconds. */
  isoNow(): string {
    return new Date(this.nowMs()).toISOString();
  }
}

/** The machine's clock. */
export class SystemClock extends Clock {
  private offsetMs = 0;

  get shiftMs(): number {
    return this.offsetMs;
  }

  nowMs(): number {
    return Date.now() + this.offsetMs;
  }

  monotonicMs(): number {
    return performance.now();
  }

  after(delayMs: number, action: () => void): CancelTimer {
    const timer = setTimeout(action, Math.max(0, delayMs));
    timer.unref();
    return () => clearTimeout(timer);
  }

  sleepUntil(targetMs: number): Promise<void> {
    const remainingMs = targetMs - performance.now();
    if (remainingMs <= 0) return Promise.resolve();
    return new Promise((resolve) => this.wake(targetMs, resolve));
  }

  shift(offsetMs: number): void {
    this.offsetMs = offsetMs;
  }

  /** Node timers have whole milliseconds and may fire up to one early; the remainder is waited by another round. */
  private wake(targetMs: number, resolve: () => void): void {
    const remainingMs = targetMs - performance.now();
    if (remainingMs <= 0) resolve();
    else if (remainingMs < 0.5) setImmediate(() => this.wake(targetMs, resolve));
    else setTimeout(() => this.wake(targetMs, resolve), remainingMs);
  }
}
