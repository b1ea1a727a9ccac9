import type { LoadProfile } from '../../profiles/load-profile.schema.js';
import { OPERATION_IDS } from '../../profiles/operations.js';
import type { Plan, ReliabilityPlan, SearchPlan } from '../../profiles/plan.schema.js';

const HOUR_MS = 3_600_000;
/** Numbers of steps the table of durations is made for (spec 1.4). */
const STEP_COUNTS = [3, 5, 8];
/** Number of steps the data needed are counted for. */
export const STEPS_COUNTED = 5;

/** One row of the table of durations, milliseconds. */
export interface DurationRow {
  steps: number;
  searchMs: number;
  confirmedMs: number;
  allMs?: number;
  levelPercent: number;
}

/** How long a search of n steps takes, alone and with what follows it (spec 1.4). */
export function durationRows(search: SearchPlan, reliability: ReliabilityPlan | undefined): DurationRow[] {
  return STEP_COUNTS.map((steps) => {
    const searchMs = stretchMs(search.first) + (steps - 1) * stretchMs(search.next);
    const confirmedMs = searchMs + stretchMs(search.confirm);
    return {
      steps,
      searchMs,
      confirmedMs,
      ...(reliability ? { allMs: confirmedMs + reliability.ramp + reliability.hold } : {}),
      levelPercent: Math.min(search.ceiling, search.start + (steps - 1) * search.step),
    };
  });
}

/** Operations a script needs data for, by test. */
export interface NeedRow {
  operation: string;
  search: number;
  confirm: number;
  reliability: number;
}

/** Q of spec 1.4 for every operation; the last step of the search counts as failed. */
export function needRows(
  profile: LoadProfile,
  plans: { search?: SearchPlan; reliability?: ReliabilityPlan },
): NeedRow[] {
  const { search, reliability } = plans;
  const lmax = search ? search.start + (STEPS_COUNTED - 2) * search.step : 100;
  const full = {
    search: search ? searchProfileHours(search) : 0,
    confirm: search ? stretchHours(0, lmax, search.confirm) : 0,
    reliability: reliability
      ? stretchHours(0, Math.max((reliability.share * lmax) / 100, reliability.floor), reliability)
      : 0,
  };
  return OPERATION_IDS.flatMap((operation) => {
    const perHour = profile.operations[operation]?.perHour ?? 0;
    if (perHour === 0) return [];
    const of = (hours: number) => Math.ceil(perHour * hours - 1e-9);
    return [{ operation, search: of(full.search), confirm: of(full.confirm), reliability: of(full.reliability) }];
  });
}

/** The search and the reliability part of the plans named; the first of each kind. */
export function planKinds(plans: readonly Plan[]): { search?: SearchPlan; reliability?: ReliabilityPlan } {
  const search = plans.find((plan) => plan.search)?.search;
  const reliability = plans.find((plan) => plan.reliability)?.reliability;
  return { ...(search ? { search } : {}), ...(reliability ? { reliability } : {}) };
}

interface Stretch {
  ramp: number;
  hold: number;
}

function stretchMs({ ramp, hold }: Stretch): number {
  return ramp + hold;
}

/** Hours of the full profile that a ramp from one level and a hold at the other amount to. */
function stretchHours(fromPercent: number, toPercent: number, { ramp, hold }: Stretch): number {
  return (((fromPercent + toPercent) / 200) * ramp + (toPercent / 100) * hold) / HOUR_MS;
}

function searchProfileHours(search: SearchPlan): number {
  let hours = stretchHours(0, search.start, search.first);
  for (let step = 1; step < STEPS_COUNTED; step += 1) {
    const from = Math.min(search.ceiling, search.start + (step - 1) * search.step);
    hours += stretchHours(from, Math.min(search.ceiling, search.start + step * search.step), search.next);
  }
  return hours;
}
