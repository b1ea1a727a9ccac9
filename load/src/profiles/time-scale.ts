import type { Plan } from './plan.schema.js';

/** Reads `1/60` or `0.05`; undefined when it is neither or not between 0 and 1. */
export function parseTimeScale(text: string): number | undefined {
  const [, top, bottom] = /^(\d+(?:\.\d+)?)(?:\/(\d+(?:\.\d+)?))?$/.exec(text) ?? [];
  const scale = Number(top) / Number(bottom ?? 1);
  return scale > 0 && scale <= 1 ? scale : undefined;
}

/**
 * The same plan with ramps, holds, settle times and rests shortened. Intensities, SLA, timeouts and the drain stay:
 * a rehearsal sends fewer operations, not faster ones.
 */
export function scalePlan(plan: Plan, scale: number): Plan {
  const time = (ms: number) => Math.round(ms * scale);
  const stretch = <T extends { ramp: number; hold: number }>(of: T): T => ({
    ...of,
    ramp: time(of.ramp),
    hold: Math.max(1, time(of.hold)),
  });
  const settled = <T extends { ramp: number; hold: number; settle: number }>(of: T): T => ({
    ...stretch(of),
    settle: time(of.settle),
  });
  const { search } = plan;
  return {
    ...plan,
    steps: plan.steps?.map(settled),
    search: search && {
      ...search,
      first: stretch(search.first),
      next: stretch(search.next),
      confirm: stretch(search.confirm),
      settle: time(search.settle),
      rest: time(search.rest),
    },
    reliability: plan.reliability && settled(plan.reliability),
    checkpointEvery: Math.max(1000, time(plan.checkpointEvery)),
  };
}
