import type { HealthReading } from './generator-health.js';

/** The generator's own figures over the judged part of one hold. */
export interface HoldReading extends HealthReading {
  step: number;
  levelPercent: number;
  /** Epoch milliseconds of the whole hold. */
  startedAt: number;
  finishedAt: number;
  judgedMs: number;
  /** Time-weighted mean of operations in progress: N of Little's law. */
  meanInFlight: number;
  inFlightAtStart: number;
  inFlightAtEnd: number;
  /** Operations that ended within the judged part, whenever they were planned: the throughput X (spec 6.3). */
  ended: number;
}
