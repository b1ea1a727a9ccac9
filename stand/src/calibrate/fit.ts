import { Draw, sampler, type Distribution } from '@poligon/emulator-kit';

/** Largest distance between two cumulative distributions, 0..1 (Kolmogorov-Smirnov). Both lists ascend. */
export function ksDistance(left: readonly number[], right: readonly number[]): number {
  let [i, j, largest] = [0, 0, 0];
  while (i < left.length && j < right.length) {
    const at = Math.min(left[i]!, right[j]!);
    while (i < left.length && left[i]! <= at) i += 1;
    while (j < right.length && right[j]! <= at) j += 1;
    largest = Math.max(largest, Math.abs(i / left.length - j / right.length));
  }
  return largest;
}

/** Value below which `percentile` per cent of an ascending list lie, interpolated. */
export function percentileOf(sorted: readonly number[], percentile: number): number {
  const place = ((sorted.length - 1) * percentile) / 100;
  const below = Math.floor(place);
  const from = sorted[below] ?? 0;
  return from + ((sorted[below + 1] ?? from) - from) * (place - below);
}

/** A distribution and how well it describes the measurements. */
export interface Fit {
  readonly distribution: Distribution;
  readonly ks: number;
  /** Percentile, measured and fitted milliseconds. */
  readonly percentiles: readonly {
    readonly percentile: number;
    readonly measuredMs: number;
    readonly fittedMs: number;
  }[];
}

const SHOWN = [50, 75, 90, 95, 99, 99.9] as const;
/** Draws that a candidate is judged by. */
const DRAWS = 20_000;
/** A formula that comes this near is preferred to a table of points: engineers can read and edit it. */
const GOOD_KS = 0.03;
/** Percentiles of the table, before those that lie on a line between their neighbours are left out. */
const POINTS = [...Array.from({ length: 100 }, (_, percentile) => percentile), 99.5, 99.9, 100];
/** A point is left out when the line misses it by no more than this share. */
const STRAIGHT = 0.02;

/** Fits every family to the measurements, best first; the first is the one to use. */
export function fitAll(measuredMs: readonly number[]): readonly Fit[] {
  const sorted = [...measuredMs].sort((left, right) => left - right);
  const fits = candidates(sorted).map((distribution) => judged(distribution, sorted));
  const formulas = fits
    .filter(({ distribution }) => distribution.distribution !== 'empirical')
    .sort((a, b) => a.ks - b.ks);
  const table = fits.find(({ distribution }) => distribution.distribution === 'empirical')!;
  return formulas[0] !== undefined && formulas[0].ks <= GOOD_KS ? [...formulas, table] : [table, ...formulas];
}

function candidates(sorted: readonly number[]): readonly Distribution[] {
  const at = (percentile: number) => rounded(percentileOf(sorted, percentile));
  const [p50Ms, p95Ms, maxMs] = [at(50), at(95), at(100)];
  const spread = { p50Ms, p95Ms, maxMs };
  const formulas: Distribution[] =
    p50Ms > 0 && p95Ms > p50Ms
      ? [
          { distribution: 'lognormal', ...spread },
          { distribution: 'normal', ...spread },
          { distribution: 'pareto', ...spread },
          { distribution: 'exponential', p50Ms, maxMs },
          { distribution: 'uniform', minMs: at(0), maxMs },
        ]
      : [{ distribution: 'fixed', ms: p50Ms }];
  return [...formulas, { distribution: 'empirical', points: tableOf(at) }];
}

/** Points of the cumulative distribution, as few as describe it. */
function tableOf(at: (percentile: number) => number): [number, number][] {
  const all = POINTS.map((percentile): [number, number] => [percentile, at(percentile)]);
  const kept = [all[0]!];
  all.forEach((point, index) => {
    const next = all[index + 1];
    if (index > 0 && (next === undefined || !isOnLine(kept.at(-1)!, point, next))) kept.push(point);
  });
  return kept;
}

function isOnLine([p0, ms0]: [number, number], [p, ms]: [number, number], [p1, ms1]: [number, number]): boolean {
  const expectedMs = ms0 + ((p - p0) / (p1 - p0)) * (ms1 - ms0);
  // Long runs are broken up: small misses add up along them.
  return p1 - p0 <= 5 && Math.abs(expectedMs - ms) <= STRAIGHT * ms;
}

function judged(distribution: Distribution, sorted: readonly number[]): Fit {
  const sample = sampler(distribution);
  const draw = new Draw().aim(1);
  const drawn = Array.from({ length: DRAWS }, () => sample(draw)).sort((left, right) => left - right);
  const percentiles = SHOWN.map((percentile) => ({
    percentile,
    measuredMs: percentileOf(sorted, percentile),
    fittedMs: percentileOf(drawn, percentile),
  }));
  return { distribution, ks: ksDistance(sorted, drawn), percentiles };
}

/** A tenth of a millisecond is finer than any measurement over a network. */
function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
