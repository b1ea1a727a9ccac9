import type { Clock, StopTicking } from '../engine/clock.js';

/** Wall time on the monotonic timer: an NTP step during a 12-hour hold must not look like latency. */
export class SystemClock implements Clock {
  now(): number {
    return performance.timeOrigin + performance.now();
  }

  every(periodMs: number, tick: () => void): StopTicking {
    const timer = setInterval(tick, periodMs);
    return () => clearInterval(timer);
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, Math.max(0, delayMs));
      signal?.addEventListener('abort', finish, { once: true });
    });
  }
}
