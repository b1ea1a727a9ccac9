import type { Caveat } from './comparison.js';
import { byLevel, wordOf } from './run-side.js';
import type { RunSide } from './run-side.js';

/** What makes the two runs hard to compare; an empty list means like was compared with like. */
export function caveatsOf(baseline: RunSide, candidate: RunSide): Caveat[] {
  return [...differences(baseline, candidate), ...levels(baseline, candidate), ...unfit(baseline, candidate)];
}

function differences(baseline: RunSide, candidate: RunSide): Caveat[] {
  const asked: [Caveat['code'], (side: RunSide) => string][] = [
    ['plan', ({ planned }) => planned.plan.name],
    ['time-scale', ({ planned }) => String(planned.timeScale)],
    ['profile', ({ planned }) => ratesOf(planned)],
    ['sla', ({ planned }) => slaOf(planned)],
    ['generator', ({ record: { generator } }) => `${generator.cpus} × ${generator.cpuModel}, Node ${generator.node}`],
  ];
  return asked
    .map(([code, of]) => ({ code, baseline: of(baseline), candidate: of(candidate) }))
    .filter((each) => each.baseline !== each.candidate);
}

function ratesOf({ operations }: RunSide['planned']): string {
  return operations.map(({ operation, perHour }) => `${operation} ${perHour}/h`).join(', ');
}

function slaOf({ profile, operations }: RunSide['planned']): string {
  return operations
    .map(({ operation }) => {
      const sla = profile.operations[operation]?.sla;
      return sla ? `${operation} p${sla.percentile} ${sla.limit} ms` : operation;
    })
    .join(', ');
}

function levels(baseline: RunSide, candidate: RunSide): Caveat[] {
  const [before, after] = [baseline, candidate].map(({ holds }) => byLevel(holds).map(([level]) => level));
  if (!before || !after) return [];
  if (!before.some((level) => after.includes(level))) {
    return [{ code: 'no-common-level', baseline: before.join(', '), candidate: after.join(', ') }];
  }
  const alone = (mine: number[], others: number[]) => mine.filter((level) => !others.includes(level)).join(', ');
  const caveats: Caveat[] = [];
  if (alone(before, after)) caveats.push({ code: 'only-in-baseline', baseline: alone(before, after) });
  if (alone(after, before)) caveats.push({ code: 'only-in-candidate', candidate: alone(after, before) });
  return caveats;
}

/** Holds whose generator was unfit say nothing about a release either. */
function unfit(baseline: RunSide, candidate: RunSide): Caveat[] {
  const of = (side: RunSide) =>
    byLevel(side.holds)
      .filter(([, hold]) => wordOf(side, hold) === 'insufficient')
      .map(([level]) => level)
      .join(', ');
  const [before, after] = [of(baseline), of(candidate)];
  if (!before && !after) return [];
  return [{ code: 'unfit-hold', ...(before ? { baseline: before } : {}), ...(after ? { candidate: after } : {}) }];
}
