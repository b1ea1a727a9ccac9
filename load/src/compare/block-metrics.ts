import type { Random } from '../engine/random.js';
import type { MetricName } from './comparison.js';
import type { BlockTable } from './time-block.js';

export const METRICS: readonly MetricName[] = [
  'meanMs',
  'p50Ms',
  'p90Ms',
  'p95Ms',
  'p99Ms',
  'errorPercent',
  'accuracyPercent',
];
const PERCENTILES: readonly [MetricName, number][] = [
  ['p50Ms', 50],
  ['p90Ms', 90],
  ['p95Ms', 95],
  ['p99Ms', 99],
];

export type MetricValues = Partial<Record<MetricName, number>>;

/** Figures of the pooled blocks; `weights` says how often each block counts. Latencies are absent without a success. */
export function poolMetrics({ blocks, rows, valuesMs }: BlockTable, weights: ArrayLike<number>): MetricValues {
  const totals = { succeeded: 0, failed: 0, planned: 0, sumMs: 0 };
  const counts = new Float64Array(valuesMs.length);
  blocks.forEach((block, index) => {
    const weight = weights[index] as number;
    if (weight === 0) return;
    totals.succeeded += weight * block.succeeded;
    totals.failed += weight * block.failed;
    totals.planned += weight * block.planned;
    totals.sumMs += weight * block.sumMs;
    const row = rows[index] as Uint32Array;
    for (let column = 0; column < row.length; column++) counts[column]! += weight * (row[column] as number);
  });
  const { succeeded, failed, planned, sumMs } = totals;
  const ended = succeeded + failed;
  return {
    ...(ended > 0 ? { errorPercent: (failed / ended) * 100 } : {}),
    ...(planned > 0 ? { accuracyPercent: (ended / planned) * 100 } : {}),
    ...(succeeded > 0 ? { meanMs: sumMs / succeeded, ...percentilesOf(counts, valuesMs, succeeded) } : {}),
  };
}

/** Standard error of every figure, by drawing blocks with replacement: neighbours in time are alike, so blocks, not operations. */
export function standardErrors(table: BlockTable, resamples: number, random: Random): MetricValues {
  const { length } = table.blocks;
  const sums = new Map<MetricName, { count: number; sum: number; squares: number }>();
  const weights = new Uint16Array(length);
  for (let round = 0; round < resamples; round++) {
    weights.fill(0);
    for (let draw = 0; draw < length; draw++) weights[random.below(length)]! += 1;
    const drawn = poolMetrics(table, weights);
    for (const metric of METRICS) {
      const value = drawn[metric];
      if (value === undefined) continue;
      const known = sums.get(metric) ?? { count: 0, sum: 0, squares: 0 };
      sums.set(metric, {
        count: known.count + 1,
        sum: known.sum + value,
        squares: known.squares + value * value,
      });
    }
  }
  const errors: MetricValues = {};
  for (const [metric, { count, sum, squares }] of sums) {
    errors[metric] = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
  }
  return errors;
}

function percentilesOf(counts: Float64Array, valuesMs: Float64Array, total: number): MetricValues {
  const found: MetricValues = {};
  let column = 0;
  let below = counts[0] ?? 0;
  for (const [metric, percent] of PERCENTILES) {
    const rank = Math.ceil((percent / 100) * total);
    while (below < rank && column < counts.length - 1) below += counts[++column] as number;
    found[metric] = valuesMs[column];
  }
  return found;
}
