import type { Arrival } from './arrivals.js';
import type { Clock } from './clock.js';

/** What the dispatcher needs to run one phase. */
export interface DispatchJob {
  arrivals: Iterator<Arrival>;
  /** Epoch milliseconds at which the phase starts. */
  startAt: number;
  /** Called once per arrival, never before its planned moment; must not block. */
  launch(arrival: Arrival, plannedAt: number): void;
}

/**
 * Sends every arrival that is due on a 1-ms tick. A late tick sends the whole backlog at once, so the intensity holds
 * whatever the timers do; measured against timers per arrival and against spinning in spec 4.2.
 */
export class Dispatcher {
  constructor(
    private readonly clock: Clock,
    private readonly tickMs = 1,
  ) {}

  /** Resolves when the last arrival was launched, or when `signal` is aborted. */
  run(job: DispatchJob, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      let next = job.arrivals.next();
      const sendDue = () => {
        const now = this.clock.now();
        while (!next.done && job.startAt + next.value.offsetMs <= now) {
          job.launch(next.value, job.startAt + next.value.offsetMs);
          next = job.arrivals.next();
        }
        return next.done === true || signal.aborted;
      };
      const stop = this.clock.every(this.tickMs, () => {
        try {
          if (!sendDue()) return;
          stop();
          resolve();
        } catch (error) {
          stop();
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  }
}
