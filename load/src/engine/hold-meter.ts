import type { Clock } from './clock.js';
import type { HealthProbe, HealthReading } from './generator-health.js';
import type { OperationTracker } from './operation-tracker.js';
import type { Phase } from './timeline.js';

/** What one process has seen of the judged part of a hold; shares of several processes add up. */
export interface HoldShare extends HealthReading {
  step: number;
  /** Epoch milliseconds. */
  finishedAt: number;
  measuredMs: number;
  /** Operation-milliseconds in progress. */
  integral: number;
  inFlightAtStart: number;
  inFlightAtEnd: number;
  ended: number;
}

/** Watches holds: what is in progress, what ends, what the process uses. */
export class HoldMeter {
  constructor(
    private readonly options: { clock: Clock; startAt: number; probe(): HealthProbe },
    private readonly tracker: OperationTracker,
  ) {}

  /**
   * Sleeps through the hold; undefined when it was broken off. A process that came late measures what is left, one that
   * goes early what there was until `leaving` was aborted.
   */
  async measure(phase: Phase, signal: AbortSignal, leaving?: AbortSignal): Promise<HoldShare | undefined> {
    const { clock, startAt } = this.options;
    const { gauge } = this.tracker;
    const phaseAt = startAt + phase.startMs;
    const either = leaving ? AbortSignal.any([signal, leaving]) : signal;
    await clock.sleep(phaseAt + phase.settleMs - clock.now(), either);
    if (either.aborted) return undefined;
    const probe = this.options.probe();
    const from = clock.now();
    const integralFrom = gauge.integralAt(from);
    const inFlightAtStart = gauge.count;
    const endedBefore = this.tracker.ended;
    await clock.sleep(phaseAt + phase.durationMs - from, either);
    if (signal.aborted) return undefined;
    const to = clock.now();
    return {
      ...probe.read(),
      step: phase.step,
      finishedAt: to,
      measuredMs: to - from,
      integral: gauge.integralAt(to) - integralFrom,
      inFlightAtStart,
      inFlightAtEnd: gauge.count,
      ended: this.tracker.ended - endedBefore,
    };
  }
}
