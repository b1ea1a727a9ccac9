import type { Clock } from '../engine/clock.js';
import { OperationFailure } from '../hrlink/hrlink.errors.js';
import type { OperationTrace } from '../runtime/tracing.js';
import { WAITS } from '../tracing/part.js';

export interface Polling {
  clock: Clock;
  signal: AbortSignal;
  intervalMs: number;
  timeoutMs: number;
  trace?: OperationTrace;
}

/**
 * Calls `read` every interval until it gives a value. HRLink has no webhooks, so every wait is a poll.
 * Throws OperationFailure `<what>: not in time` when time is up; an error of `read` ends the wait at once.
 */
export async function pollUntil<T>(polling: Polling, what: string, read: () => Promise<T | undefined>): Promise<T> {
  const { clock, signal, intervalMs, timeoutMs, trace } = polling;
  const deadline = clock.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (signal.aborted) throw new OperationFailure('interrupted');
    if (clock.now() + intervalMs > deadline) throw new OperationFailure(`${what}: not in time`);
    const done = trace?.wait(WAITS.poll);
    await clock.sleep(intervalMs, signal);
    done?.();
  }
}
