import type { HoldObservation } from './observation.js';
import type { Demands, FitnessCheck } from './verdict.js';

const LAG_SHARE_OF_SLA = 0.1;
const CPU_LIMIT_PERCENT = 80;
const LITTLE_LIMIT_PERCENT = 10;
const LITTLE_MIN_OPERATIONS = 100;
/** A hold shorter than this many mean residence times is mostly edge: Little's law needs a steady state. */
const LITTLE_MIN_RESIDENCES = 10;
const GROWTH_OF_SATURATION = 1.5;

export interface Fitness {
  checks: FitnessCheck[];
  /** The generator spoiled the hold: nothing can be said about the system. */
  isUnfit: boolean;
  /** Dropped arrivals or a Little mismatch with in-flight growing while the generator itself was well. */
  isSaturated: boolean;
}

/** Fitness of the hold, before any conclusion about the system (spec 6.1). */
export function judgeFitness(hold: HoldObservation, demands: Demands): Fitness {
  const checks = [lag(hold, demands), cpu(hold), dropped(hold), little(hold), launched(hold, demands)];
  const failed = (code: FitnessCheck['code']) => checks.some((c) => c.code === code && c.applied && !c.passed);
  const isGeneratorWell = !failed('lag') && !failed('cpu');
  const isSaturated = isGeneratorWell && (failed('dropped') || (failed('little') && isGrowing(hold)));
  return { checks, isUnfit: !isSaturated && checks.some((check) => check.applied && !check.passed), isSaturated };
}

function lag(hold: HoldObservation, demands: Demands): FitnessCheck {
  const strictest = Math.min(...hold.operations.map((each) => demands.sla[each.operation]?.limitMs ?? Infinity));
  const limit = strictest * LAG_SHARE_OF_SLA;
  return { code: 'lag', value: hold.lagP99Ms, limit, passed: hold.lagP99Ms < limit, applied: true };
}

function cpu(hold: HoldObservation): FitnessCheck {
  const passed = hold.cpuPercent < CPU_LIMIT_PERCENT;
  return { code: 'cpu', value: hold.cpuPercent, limit: CPU_LIMIT_PERCENT, passed, applied: true };
}

function dropped(hold: HoldObservation): FitnessCheck {
  const value = sum(hold, (each) => each.dropped);
  return { code: 'dropped', value, limit: 0, passed: value === 0, applied: true };
}

function little(hold: HoldObservation): FitnessCheck {
  const { meanInFlight, expectedInFlight, judgedMs } = hold;
  const operations = sum(hold, (each) => each.succeeded + each.failed);
  const meanResidenceMs = (expectedInFlight * judgedMs) / Math.max(operations, 1);
  const applied = operations >= LITTLE_MIN_OPERATIONS && judgedMs >= LITTLE_MIN_RESIDENCES * meanResidenceMs;
  const value = meanInFlight > 0 ? (Math.abs(meanInFlight - expectedInFlight) / meanInFlight) * 100 : 0;
  return { code: 'little', value, limit: LITTLE_LIMIT_PERCENT, passed: value <= LITTLE_LIMIT_PERCENT, applied };
}

function launched(hold: HoldObservation, demands: Demands): FitnessCheck {
  const planned = sum(hold, (each) => each.planned);
  const value = planned > 0 ? (sum(hold, (each) => each.launched + each.dropped) / planned) * 100 : 100;
  const limit = demands.accuracyLimitPercent;
  return { code: 'launched', value, limit, passed: value >= limit, applied: true };
}

function isGrowing(hold: HoldObservation): boolean {
  return hold.inFlightAtEnd > hold.inFlightAtStart * GROWTH_OF_SATURATION + 1;
}

function sum(hold: HoldObservation, pick: (row: HoldObservation['operations'][number]) => number): number {
  return hold.operations.reduce((total, row) => total + pick(row), 0);
}
