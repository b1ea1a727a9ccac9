import type { HoldObservation } from '../verdict/observation.js';
import { throughput } from '../search/points.js';
import type { Estimate, SaturationEstimates, UslFit } from './analysis.js';
import type { Sentence } from './finding.js';
import { kneedle } from './statistics/kneedle.js';
import { fitUsl } from './statistics/usl.js';

const ELASTICITY_LIMIT = 0.5;
const KNEE_LEAST_POINTS = 5;
const USL_LEAST_POINTS = 10;
const USL_LEAST_R2 = 0.8;
const USL_LOW_SHARE = 0.5;
const USL_REACH = 0.7;

/** Step 6.3: elasticity, Kneedle and USL over the usable holds; what may not be concluded is said instead of computed. */
export function saturationOf(holds: readonly HoldObservation[], operations: readonly string[]): SaturationEstimates {
  const levels = lowestFirst(holds);
  return {
    elasticity: elasticityOf(levels),
    kneeByThroughput: kneeByThroughput(levels),
    kneeByLatency: kneeByLatency(levels, operations),
    usl: uslOf(levels),
  };
}

/** One hold per level: a repeat adds no spread (spec 6.3). */
function lowestFirst(holds: readonly HoldObservation[]): HoldObservation[] {
  const byLevel = new Map(holds.map((hold) => [hold.levelPercent, hold]));
  return [...byLevel.values()].sort((a, b) => a.levelPercent - b.levelPercent);
}

function elasticityOf(levels: readonly HoldObservation[]): SaturationEstimates['elasticity'] {
  return levels.slice(1).map((hold, index) => {
    const before = levels[index] as HoldObservation;
    const value = (throughput(hold) - throughput(before)) / (hold.levelPercent - before.levelPercent);
    const isSaturated = value < ELASTICITY_LIMIT;
    return { fromPercent: before.levelPercent, toPercent: hold.levelPercent, value, isSaturated };
  });
}

function kneeByThroughput(levels: readonly HoldObservation[]): SaturationEstimates['kneeByThroughput'] {
  const n = levels.length;
  if (n < KNEE_LEAST_POINTS) return refused(tooFew(n, KNEE_LEAST_POINTS));
  const levelPercent = kneedle(
    levels.map((hold) => [hold.levelPercent, throughput(hold)]),
    'concave',
  );
  return levelPercent === undefined ? refused(NO_KNEE) : { applicable: true, levelPercent, n };
}

/** The operation whose p95 grew most tells the knee. */
function kneeByLatency(
  levels: readonly HoldObservation[],
  operations: readonly string[],
): SaturationEstimates['kneeByLatency'] {
  const n = levels.length;
  if (n < KNEE_LEAST_POINTS) return refused(tooFew(n, KNEE_LEAST_POINTS));
  const p95 = (hold: HoldObservation, name: string) =>
    hold.operations.find(({ operation }) => operation === name)?.p95Ms;
  const growth = (name: string) => (p95(levels.at(-1)!, name) ?? 0) / (p95(levels[0]!, name) ?? Infinity);
  const [operation] = [...operations].sort((a, b) => growth(b) - growth(a));
  if (operation === undefined) return refused(NO_KNEE);
  const points = levels.flatMap((hold): [number, number][] => {
    const value = p95(hold, operation);
    return value === undefined ? [] : [[hold.levelPercent, value]];
  });
  const levelPercent = kneedle(points, 'convex');
  return levelPercent === undefined
    ? refused(NO_KNEE)
    : { applicable: true, levelPercent, operation, n: points.length };
}

function uslOf(levels: readonly HoldObservation[]): Estimate<UslFit> {
  const n = levels.length;
  if (n < USL_LEAST_POINTS) return refused(tooFew(n, USL_LEAST_POINTS));
  const highest = levels.at(-1)!.levelPercent;
  if (levels[0]!.levelPercent > highest * USL_LOW_SHARE) return refused(NO_LOW_POINT);
  const points = levels.map((hold) => ({
    inFlight: hold.meanInFlight,
    perSecond: (hold.ended * 1000) / hold.judgedMs,
  }));
  const fit = fitUsl(points);
  if (!fit || fit.r2 < USL_LEAST_R2) return refused(poorFit(fit?.r2 ?? 0));
  const reach = Math.max(...points.map(({ inFlight }) => inFlight)) / fit.peakInFlight;
  return reach < USL_REACH ? refused(shortReach(reach)) : { applicable: true, ...fit };
}

function refused(why: Sentence): { applicable: false; why: Sentence } {
  return { applicable: false, why };
}

const NO_KNEE: Sentence = { ru: 'перегиба на этих ступенях нет', en: 'the curve has no knee on these steps' };
const NO_LOW_POINT: Sentence = {
  ru: 'Недостаточно данных: нет ступени на половине наибольшей нагрузки или ниже',
  en: 'Not enough data: no step at half of the highest load or below',
};
const tooFew = (n: number, needed: number): Sentence => ({
  ru: `Недостаточно данных: ступеней ${n}, нужно не меньше ${needed}`,
  en: `Not enough data: ${n} steps, at least ${needed} are needed`,
});
const poorFit = (r2: number): Sentence => ({
  ru: `модель не описывает измерения: R² = ${r2.toFixed(2).replace('.', ',')}, нужно не меньше 0,8`,
  en: `the model does not describe the measurements: R² = ${r2.toFixed(2)}, at least 0.8 is needed`,
});
const shortReach = (reach: number): Sentence => ({
  ru: `измерения доходят до ${Math.round(reach * 100)} % максимума модели, нужно не меньше 70 %: дальше была бы экстраполяция`,
  en: `the measurements reach ${Math.round(reach * 100)} % of the model's peak, at least 70 % are needed: beyond it would be extrapolation`,
});
