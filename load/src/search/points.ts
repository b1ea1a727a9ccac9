import { errorPercent } from '../verdict/judge-hold.js';
import type { HoldObservation } from '../verdict/observation.js';
import type { Demands } from '../verdict/verdict.js';
import type { SearchOutcome } from './max-search.js';

const DEGRADED_TIMES = 2;
const ELASTICITY_LIMIT = 0.5;
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
  /** First step on which throughput no longer follows the load: ΔX/ΔL < 0.5, or more than 2 % of the hold, and more than chance, left undone. */
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
    saturation: firstOf(steps, (hold, index) => saturation(hold, steps[index - 1])),
    throughputPercent: Math.max(...steps.map(throughput)),
  };
}

/** X as per cent of the profile: what ended while the hold lasted, compared with what it planned. */
export function throughput(hold: HoldObservation): number {
  const planned = hold.operations.reduce((sum, row) => sum + row.planned, 0);
  return planned > 0 ? (hold.ended / planned) * hold.levelPercent : 0;
}

type Finding = Pick<SearchPoint, 'value' | 'operation'> | undefined;

function firstOf(
  steps: readonly HoldObservation[],
  find: (hold: HoldObservation, index: number) => Finding,
): SearchPoint | undefined {
  for (const [index, hold] of steps.entries()) {
    const found = find(hold, index);
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

function saturation(hold: HoldObservation, before: HoldObservation | undefined): Finding {
  const value = throughput(hold);
  if (fellShort(hold)) return { value };
  if (!before) return undefined;
  const elasticity = (value - throughput(before)) / (hold.levelPercent - before.levelPercent);
  return elasticity < ELASTICITY_LIMIT ? { value } : undefined;
}

function fellShort(hold: HoldObservation): boolean {
  const planned = hold.operations.reduce((sum, row) => sum + row.planned, 0);
  return planned - hold.ended > Math.max(planned * SHORTFALL_SHARE, SHORTFALL_ROOTS * Math.sqrt(planned));
}
