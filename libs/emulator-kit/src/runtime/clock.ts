import { carried, outsideTraces } from '../telemetry/unrecorded.js';
import { TimingWheel } from './timing-wheel.js';

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

/** Longest delay of a platform timer; the wheel asks again after it. */
const MAX_PLATFORM_DELAY_MS = 60_000;

/**
 * The platform's timers fire at whole milliseconds of the machine's own count, which began long before this process. With the wheel's
 * milliseconds beginning at the same moments, a wake-up finds its timers due instead of due in a fraction of a millisecond.
 */
const PHASE_MS = Number(process.hrtime.bigint() % 1_000_000_000n) / 1e6 - performance.now();

/** The machine's clock. All timers share one wheel, so their number costs nothing. */
export class SystemClock extends Clock {
  private offsetMs = 0;
  private timer: NodeJS.Timeout | undefined;
  private sleepers = 0;
  private readonly wheel = new TimingWheel({
    now: () => performance.now() + PHASE_MS,
    arm: (delayMs, wake) => this.arm(delayMs, wake),
  });

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
    const timer = this.wheel.add(performance.now() + PHASE_MS + Math.max(0, delayMs), carried(action));
    return () => this.wheel.remove(timer);
  }

  sleepUntil(targetMs: number): Promise<void> {
    if (targetMs <= performance.now()) return Promise.resolve();
    return new Promise((resolve) => {
      this.keepAlive(1);
      this.wheel.add(targetMs + PHASE_MS, () => {
        this.keepAlive(-1);
        resolve();
      });
    });
  }

  shift(offsetMs: number): void {
    this.offsetMs = offsetMs;
  }

  private arm(delayMs: number, wake: () => void): void {
    clearTimeout(this.timer);
    // The timer is everybody's: it must not fire in the trace of whoever happened to set it.
    this.timer = outsideTraces(() =>
      setTimeout(wake, Math.min(Math.max(1, Math.ceil(delayMs)), MAX_PLATFORM_DELAY_MS)),
    );
    if (this.sleepers === 0) this.timer.unref();
  }

  /** Somebody who sleeps keeps the process alive; an action that was put off does not. */
  private keepAlive(change: 1 | -1): void {
    this.sleepers += change;
    if (this.sleepers === 0) this.timer?.unref();
    else if (this.sleepers === 1 && change === 1) this.timer?.ref();
  }
}
