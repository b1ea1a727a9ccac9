import { z } from 'zod';
import type { Draw } from '../runtime/random.js';

const ms = z.number().min(0, 'must be 0 or more').max(3_600_000, 'must be at most one hour');

/** Standard normal quantiles of the percentiles engineers state. */
const Z90 = 1.281_551_565_545;
const Z95 = 1.644_853_626_951;
const Z99 = 2.326_347_874_041;

const fixed = z.strictObject({ distribution: z.literal('fixed').default('fixed'), ms });
const uniform = z.strictObject({ distribution: z.literal('uniform'), minMs: ms, maxMs: ms });
const spread = { p50Ms: ms, p90Ms: ms.optional(), p95Ms: ms.optional(), p99Ms: ms.optional(), maxMs: ms.optional() };
const normal = z.strictObject({ distribution: z.literal('normal'), ...spread });
const lognormal = z.strictObject({ distribution: z.literal('lognormal'), ...spread });
const pareto = z.strictObject({ distribution: z.literal('pareto'), ...spread });
const exponential = z.strictObject({ distribution: z.literal('exponential'), p50Ms: ms, maxMs: ms.optional() });
const empirical = z.strictObject({
  distribution: z.literal('empirical'),
  /** Points of the cumulative distribution, `[percentile, milliseconds]`, percentiles ascending from 0 to 100. */
  points: z
    .array(z.tuple([z.number().min(0).max(100), ms]))
    .min(2)
    .max(1000),
});

/** A latency distribution given by the percentiles engineers know. */
export const distributionSchema = z
  .discriminatedUnion('distribution', [fixed, uniform, normal, lognormal, pareto, exponential, empirical])
  .superRefine((spec, context) => {
    const problem = inconsistency(spec);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });

export type Distribution = z.output<typeof distributionSchema>;
type Spread = Extract<Distribution, { distribution: 'normal' | 'lognormal' | 'pareto' }>;

/** One sample, milliseconds, never negative. */
export type Sampler = (draw: Draw) => number;

function inconsistency(spec: Distribution): string | undefined {
  switch (spec.distribution) {
    case 'uniform':
      return spec.maxMs < spec.minMs ? 'maxMs must not be below minMs' : undefined;
    case 'empirical':
      return unordered(spec.points);
    case 'fixed':
    case 'exponential':
      return undefined;
    default:
      return inconsistentSpread(spec);
  }
}

function inconsistentSpread(spec: Spread): string | undefined {
  const given = [spec.p90Ms, spec.p95Ms, spec.p99Ms].filter((percentile) => percentile !== undefined);
  if (given.length !== 1) return `${spec.distribution} needs one of p90Ms, p95Ms, p99Ms beside p50Ms, and only one`;
  if (given[0]! < spec.p50Ms) return 'the upper percentile must not be below p50Ms';
  return spec.p50Ms === 0 && spec.distribution !== 'normal' ? 'p50Ms must be above 0' : undefined;
}

function unordered(points: readonly (readonly [number, number])[]): string | undefined {
  const ascends = points.every(
    (point, at) => at === 0 || (point[0] > points[at - 1]![0] && point[1] >= points[at - 1]![1]),
  );
  return ascends ? undefined : 'points must ascend';
}

function upper(spec: Spread): readonly [number | undefined, number, number] {
  if (spec.p95Ms !== undefined) return [spec.p95Ms, Z95, 0.05];
  if (spec.p99Ms !== undefined) return [spec.p99Ms, Z99, 0.01];
  return [spec.p90Ms, Z90, 0.1];
}

/** Standard normal variate (Box-Muller). */
function gaussian(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(1 - draw.next())) * Math.cos(2 * Math.PI * draw.next());
}

/** Prepares a sampler; all constants are computed here, not per sample. */
export function sampler(spec: Distribution): Sampler {
  switch (spec.distribution) {
    case 'fixed':
      return () => spec.ms;
    case 'uniform':
      return (draw) => spec.minMs + draw.next() * (spec.maxMs - spec.minMs);
    case 'exponential':
      return capped(spec.maxMs, (draw) => (-Math.log(1 - draw.next()) * spec.p50Ms) / Math.LN2);
    case 'empirical':
      return empiricalSampler(spec.points);
    default:
      return capped(spec.maxMs, spreadSampler(spec));
  }
}

function spreadSampler(spec: Spread): Sampler {
  const [upperMs, quantile, tail] = upper(spec);
  const { p50Ms } = spec;
  if (spec.distribution === 'normal') {
    const sigma = (upperMs! - p50Ms) / quantile;
    return (draw) => Math.max(0, p50Ms + gaussian(draw) * sigma);
  }
  if (spec.distribution === 'lognormal') {
    const sigma = Math.log(upperMs! / p50Ms) / quantile;
    return (draw) => p50Ms * Math.exp(gaussian(draw) * sigma);
  }
  // Pareto: P(X > x) = (scale / x)^shape, fitted through the median and the upper percentile.
  const shape = Math.log(0.5 / tail) / Math.log(upperMs! / p50Ms);
  if (!Number.isFinite(shape)) return () => p50Ms;
  const scale = p50Ms * 0.5 ** (1 / shape);
  return (draw) => scale / (1 - draw.next()) ** (1 / shape);
}

function capped(maxMs: number | undefined, sample: Sampler): Sampler {
  return maxMs === undefined ? sample : (draw) => Math.min(maxMs, sample(draw));
}

function empiricalSampler(points: readonly (readonly [number, number])[]): Sampler {
  return (draw) => {
    const percentile = draw.next() * 100;
    const above = firstAtLeast(points, percentile);
    if (above === points.length) return points.at(-1)![1];
    if (above === 0) return points[0]![1];
    const [fromPercentile, fromMs] = points[above - 1]!;
    const [toPercentile, toMs] = points[above]!;
    return fromMs + ((percentile - fromPercentile) / (toPercentile - fromPercentile)) * (toMs - fromMs);
  };
}

function firstAtLeast(points: readonly (readonly [number, number])[], percentile: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (points[middle]![0] >= percentile) high = middle;
    else low = middle + 1;
  }
  return low;
}
