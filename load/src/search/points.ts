import { errorPercent } from '../verdict/judge-hold.js';
import type { HoldObservation } from '../verdict/observation.js';
import type { Demands } from '../verdict/verdict.js';
import type { SearchOutcome } from './max-search.js';

const DEGRADED_TIMES = 2;
const SHORTFALL_SHARE = 0.02;
/** Shortfall, in roots of the planned count, that chance at the edges of a hold does not explain. */
const SHORTFALL_ROOTS = 2;

/** A step at which something began, and the figure that shows it. */
export interface SearchPoint {
  step: number;
  levelPercent: number;
  value: number;
  operation?: string;
}

/** The points of spec section 2, reported separately: they are different things. */
export interface SearchPoints {
  /** First step on which the p95 of an operation is at least twice that of the first step. */
  degradation?: SearchPoint;
  /** First step on which an error share exceeds its limit. */
  errors?: SearchPoint;
  /**
   * First step that asks for more than 2 % above what the system did on its best step. Named only when that step or a
   * higher one left work undone: more than 2 % of it, and more than chance or with latencies of a queue.
   */
  saturation?: SearchPoint;
  /** Highest throughput X over the judged part of a hold, per cent of the profile. */
  throughputPercent?: number;
}

/** Finds the points over the searching steps, in order of their level. */
export function pointsOf(holds: readonly HoldObservation[], outcome: SearchOutcome, demands: Demands): SearchPoints {
  const searched = new Set(outcome.steps.filter(({ purpose }) => purpose === 'search').map(({ step }) => step));
  const steps = holds.filter((hold) => searched.has(hold.step)).sort((a, b) => a.levelPercent - b.levelPercent);
  if (steps.length === 0) return {};
  return {
    degradation: firstOf(steps, (hold) => degradation(hold, steps[0] as HoldObservation)),
    errors: firstOf(steps, (hold) => tooManyErrors(hold, demands)),
    saturation: saturation(steps),
    throughputPercent: Math.max(...steps.map(throughput)),
  };
}

/** X as per cent of the profile: what ended while the hold lasted, compared with what it planned. */
export function throughput(hold: HoldObservation): number {
  const planned = plannedOf(hold);
  return planned > 0 ? (hold.ended / planned) * hold.levelPercent : 0;
}

type Finding = Pick<SearchPoint, 'value' | 'operation'> | undefined;

function firstOf(steps: readonly HoldObservation[], find: (hold: HoldObservation) => Finding): SearchPoint | undefined {
  for (const hold of steps) {
    const found = find(hold);
    if (found) return { step: hold.step, levelPercent: hold.levelPercent, ...found };
  }
  return undefined;
}

function degradation(hold: HoldObservation, first: HoldObservation): Finding {
  for (const row of hold.operations) {
    const before = first.operations.find(({ operation }) => operation === row.operation)?.p95Ms;
    if (before === undefined || row.p95Ms === undefined || row.p95Ms < before * DEGRADED_TIMES) continue;
    return { value: row.p95Ms / before, operation: row.operation };
  }
  return undefined;
}

function tooManyErrors(hold: HoldObservation, demands: Demands): Finding {
  const row = hold.operations.find((each) => errorPercent(each) > demands.errorLimitPercent);
  return row && { value: errorPercent(row), operation: row.operation };
}

/**
 * ΔX/ΔL of neighbouring steps is mostly chance on holds of some hundred operations; what the system did at most is known
 * far better, so the level is compared with that.
 */
function saturation(steps: readonly HoldObservation[]): SearchPoint | undefined {
  const first = steps[0] as HoldObservation;
  const reach = capacityPercent(steps) * (1 + SHORTFALL_SHARE);
  const found = steps.find(({ levelPercent }) => levelPercent > reach);
  const isSeen = steps.some((hold) => hold.levelPercent > reach && isOverloaded(hold, first));
  if (!found || !isSeen) return undefined;
  return { step: found.step, levelPercent: found.levelPercent, value: throughput(found) };
}

/** Most that was done in a second of a hold, per cent of the profile; all holds tell how much one per cent is. */
function capacityPercent(steps: readonly HoldObservation[]): number {
  const sum = (of: (hold: HoldObservation) => number) => steps.reduce((total, hold) => total + of(hold), 0);
  const plannedPerPercentMs = sum(plannedOf) / sum((hold) => hold.levelPercent * hold.judgedMs);
  return Math.max(...steps.map((hold) => hold.ended / hold.judgedMs)) / plannedPerPercentMs;
}

function isOverloaded(hold: HoldObservation, first: HoldObservation): boolean {
  const planned = plannedOf(hold);
  const undone = planned - hold.ended;
  if (undone <= planned * SHORTFALL_SHARE) return false;
  return undone > SHORTFALL_ROOTS * Math.sqrt(planned) || degradation(hold, first) !== undefined;
}

function plannedOf(hold: HoldObservation): number {
  return hold.operations.reduce((sum, row) => sum + row.planned, 0);
}
