import { Random } from './random.js';
import type { Phase } from './timeline.js';
import { stageAt } from './timeline.js';

const MS_PER_HOUR = 3_600_000;

/** Intensity of one operation at 100 % of the profile. */
export interface OperationRate {
  operation: string;
  perHour: number;
}

/** One planned start of an operation. */
export interface Arrival {
  operation: string;
  /** Running number of this operation over the whole plan, from 0: it selects the data the operation works on. */
  ordinal: number;
  phase: Phase;
  /** Milliseconds from the start of the phase. */
  offsetMs: number;
}

/** N = O·k·H (spec 3.2), the mean level standing for k on a ramp. */
export function plannedCount(perHour: number, phase: Phase): number {
  const meanLevel = (phase.fromPercent + phase.toPercent) / 200;
  return Math.round((perHour * meanLevel * phase.durationMs) / MS_PER_HOUR);
}

/**
 * Offsets of all arrivals of one operation in one phase, sorted, milliseconds from the start of the phase.
 * The count is exact (spec 3.3): a Poisson stream conditioned on its count is N sorted uniform instants, and on a ramp
 * the uniform instants go through the inverse of the linear ramp's cumulative share.
 */
export function arrivalOffsets(seed: string, rate: OperationRate, phase: Phase): Float64Array {
  const random = new Random(`${seed}|${rate.operation}|${phase.step}|${phase.kind}`);
  const offsets = new Float64Array(plannedCount(rate.perHour, phase));
  for (let index = 0; index < offsets.length; index++) {
    offsets[index] = rampInverse(random.next(), phase.fromPercent, phase.toPercent) * phase.durationMs;
  }
  return offsets.sort();
}

/** Share of the phase at which `share` of its arrivals have come, for a level going linearly from `from` to `to`. */
export function rampInverse(share: number, from: number, to: number): number {
  if (from === to) return share;
  const area = (share * (from + to)) / 2;
  const root = Math.sqrt(Math.max(0, from * from + 2 * (to - from) * area));
  return Math.min((2 * area) / (from + root || 1), 1 - Number.EPSILON);
}

/** Arrivals of all operations of a phase in order of time, built lazily: a 12-hour hold has millions. */
export function* phaseArrivals(seed: string, rates: readonly OperationRate[], phases: readonly Phase[], at: number) {
  const phase = phases[at] as Phase;
  const streams = rates.map((rate) => ({
    rate,
    offsets: arrivalOffsets(seed, rate, phase),
    base: ordinalBase(rate, phases, at),
    next: 0,
  }));
  for (;;) {
    let earliest: (typeof streams)[number] | undefined;
    for (const stream of streams) {
      if (stream.next >= stream.offsets.length) continue;
      if (!earliest || offsetOf(stream) < offsetOf(earliest)) earliest = stream;
    }
    if (!earliest) return;
    const { rate, base, next } = earliest;
    const arrival: Arrival = { operation: rate.operation, ordinal: base + next, phase, offsetMs: offsetOf(earliest) };
    earliest.next += 1;
    yield arrival;
  }
}

/** How many arrivals of each operation the plan has, by stage of every phase: what accuracy is judged against. */
export function plannedByStage(seed: string, rate: OperationRate, phase: Phase): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const offset of arrivalOffsets(seed, rate, phase)) {
    const stage = stageAt(phase, offset);
    counts[stage] = (counts[stage] ?? 0) + 1;
  }
  return counts;
}

/** Arrivals of the operation over all phases. */
export function plannedTotal(perHour: number, phases: readonly Phase[]): number {
  return phases.reduce((sum, phase) => sum + plannedCount(perHour, phase), 0);
}

function ordinalBase(rate: OperationRate, phases: readonly Phase[], at: number): number {
  return plannedTotal(rate.perHour, phases.slice(0, at));
}

function offsetOf(stream: { offsets: Float64Array; next: number }): number {
  return stream.offsets[stream.next] as number;
}
