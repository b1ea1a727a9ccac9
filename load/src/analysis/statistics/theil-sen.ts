/** Slope of a trend that single outliers do not bend, with its 95 % interval (Sen 1968). */
export interface Trend {
  slope: number;
  low: number;
  high: number;
  /** Value of the trend line at the first x. */
  start: number;
  n: number;
}

/** Above this many points every k-th is taken: the number of pairs grows with the square. */
const MAX_POINTS = 400;
const Z95 = 1.96;

/** Theil–Sen: the median of the slopes of all pairs. Undefined with fewer than five points. */
export function theilSen(points: readonly (readonly [x: number, y: number])[]): Trend | undefined {
  const every = Math.ceil(points.length / MAX_POINTS);
  const kept = points.filter((_, index) => index % every === 0);
  const n = kept.length;
  if (n < 5) return undefined;
  const slopes = pairSlopes(kept);
  if (slopes.length === 0) return undefined;
  const slope = middle(slopes);
  const margin = Z95 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const at = (rank: number) => slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(rank)))]!;
  const low = at((slopes.length - margin) / 2 - 1);
  const high = at((slopes.length + margin) / 2);
  const intercept = middle(kept.map(([x, y]) => y - slope * x).sort((a, b) => a - b));
  return { slope, low, high, start: intercept + slope * kept[0]![0], n };
}

function pairSlopes(points: readonly (readonly [number, number])[]): Float64Array {
  const slopes = new Float64Array((points.length * (points.length - 1)) / 2);
  let count = 0;
  for (let i = 0; i < points.length; i += 1) {
    for (let j = i + 1; j < points.length; j += 1) {
      const dx = points[j]![0] - points[i]![0];
      if (dx !== 0) slopes[count++] = (points[j]![1] - points[i]![1]) / dx;
    }
  }
  return slopes.subarray(0, count).sort();
}

/** Median of sorted values. */
function middle(sorted: ArrayLike<number>): number {
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}
