/** Middle of a list; NaN for an empty one. */
export function median(values: readonly number[]): number {
  return percentile(
    [...values].sort((left, right) => left - right),
    50,
  );
}

/** Value below which `percent` per cent of an ascending list lie. */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  if (sorted.length === 0) return NaN;
  const place = ((sorted.length - 1) * percent) / 100;
  const from = sorted[Math.floor(place)]!;
  return from + (sorted[Math.ceil(place)]! - from) * (place % 1);
}

/** Largest distance between an ascending sample and a cumulative distribution (Kolmogorov-Smirnov), 0..1. */
export function ksDistance(sorted: ArrayLike<number>, cumulative: (value: number) => number): number {
  let largest = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const wanted = cumulative(sorted[at]!);
    largest = Math.max(largest, Math.abs(wanted - at / sorted.length), Math.abs((at + 1) / sorted.length - wanted));
  }
  return largest;
}

/** Standard normal cumulative distribution, good to seven digits (Abramowitz and Stegun 7.1.26). */
export function normalCumulative(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const polynomial = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const erf = 1 - polynomial * Math.exp(-x * x);
  return z < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
}

/** A number with so many significant digits, for tables and JSON. */
export function short(value: number, digits = 4): number {
  return Number(value.toPrecision(digits));
}
