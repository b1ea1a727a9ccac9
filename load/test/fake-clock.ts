import type { Clock, StopTicking } from '../src/engine/clock.js';

interface Timer {
  at: number;
  every?: number;
  fire(): void;
}

/** A clock that moves only when told; timers fire in order and promises settle between them. */
export class FakeClock implements Clock {
  private readonly timers = new Set<Timer>();

  constructor(private time = 1_700_000_000_000) {}

  now(): number {
    return this.time;
  }

  every(periodMs: number, tick: () => void): StopTicking {
    const timer: Timer = { at: this.time + periodMs, every: periodMs, fire: tick };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    if (delayMs <= 0 || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer: Timer = {
        at: this.time + delayMs,
        fire: () => {
          this.timers.delete(timer);
          resolve();
        },
      };
      this.timers.add(timer);
      signal?.addEventListener('abort', () => timer.fire(), { once: true });
    });
  }

  /** Moves time forward in the steps the timers ask for. */
  async advance(byMs: number): Promise<void> {
    const until = this.time + byMs;
    await settle();
    for (;;) {
      const due = [...this.timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.time = Math.max(this.time, due.at);
      if (due.every) due.at += due.every;
      due.fire();
      await settle();
    }
    this.time = until;
  }

  /** Time passes at once without any timer firing: the event loop was blocked. */
  jump(byMs: number): void {
    this.time += byMs;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve();
}
