/** A point of a curve whose x grows. */
export type Point = readonly [x: number, y: number];

/**
 * Knee of a curve by Kneedle (Satopää et al. 2011, DOI 10.1109/ICDCSW.2011.20): the point farthest from the chord once
 * both axes are normalised, if the difference falls below its threshold afterwards. `concave` rises and flattens, as
 * throughput; `convex` rises ever faster, as latency. Gives the x of the knee, or undefined.
 */
export function kneedle(points: readonly Point[], shape: 'concave' | 'convex', sensitivity = 1): number | undefined {
  if (points.length < 3) return undefined;
  const difference = differenceCurve(points, shape);
  const curve = shape === 'concave' ? difference : difference.reverse();
  const drop = sensitivity / (points.length - 1);
  const peaks = curve.flatMap((_, index) => (isPeak(curve, index) ? [index] : []));
  const knee = peaks.find((peak, nth) => {
    const limit = curve[peak]!.value - drop;
    return curve.slice(peak + 1, peaks[nth + 1] ?? curve.length).some(({ value }) => value < limit);
  });
  return knee === undefined ? undefined : curve[knee]!.x;
}

function isPeak(curve: readonly { value: number }[], index: number): boolean {
  const { value } = curve[index]!;
  const [before, after] = [curve[index - 1]?.value ?? -Infinity, curve[index + 1]?.value ?? -Infinity];
  return value > 0 && value > before && value >= after;
}

/** Normalised y over normalised x, less the chord; the convex form mirrors both axes. */
function differenceCurve(points: readonly Point[], shape: 'concave' | 'convex') {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [lowX, highX, lowY, highY] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const spanX = highX - lowX || 1;
  const spanY = highY - lowY || 1;
  return points.map(([x, y]) => {
    const nx = (x - lowX) / spanX;
    const ny = (y - lowY) / spanY;
    return { x, value: shape === 'concave' ? ny - nx : nx - ny };
  });
}
