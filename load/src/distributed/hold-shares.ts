import type { HealthProbe, HealthReading } from '../engine/generator-health.js';
import type { HoldReading } from '../engine/hold-reading.js';
import type { HoldShare } from '../engine/hold-meter.js';

/** The busiest process decides whether the generator was fit; memory adds up. */
export function joinHealth(readings: readonly HealthReading[]): HealthReading {
  return {
    cpuPercent: Math.max(0, ...readings.map(({ cpuPercent }) => cpuPercent)),
    eventLoopUtilisation: Math.max(0, ...readings.map(({ eventLoopUtilisation }) => eventLoopUtilisation)),
    rssMb: readings.reduce((sum, { rssMb }) => sum + rssMb, 0),
  };
}

/** What several workers saw of one hold, as one reading. */
export function joinShares(reading: HoldReading, shares: readonly HoldShare[]): HoldReading {
  const sum = (pick: (share: HoldShare) => number) => shares.reduce((total, share) => total + pick(share), 0);
  return {
    ...reading,
    ...joinHealth(shares),
    meanInFlight: sum(({ integral }) => integral) / Math.max(reading.judgedMs, 1),
    inFlightAtStart: sum(({ inFlightAtStart }) => inFlightAtStart),
    inFlightAtEnd: sum(({ inFlightAtEnd }) => inFlightAtEnd),
    ended: sum(({ ended }) => ended),
  };
}

/** Probe of processes elsewhere: gives their last readings. */
export function probeOf(readings: () => readonly HealthReading[]): HealthProbe {
  return { read: () => joinHealth(readings()) };
}
