/** How service time grows with the number of jobs in service (universal scalability law, spec 6.1). */
export interface ServiceCurve {
  /** Most jobs in service at once, W. */
  readonly workers: number;
  /** Service time of one job alone, S0. */
  readonly serviceMs: number;
  /** Contention α: share of the work that is serial. */
  readonly alpha: number;
  /** Coherence β: cost of each pair of jobs. */
  readonly beta: number;
}

/** S(n) = S0·(1 + α(n−1) + β·n(n−1)), milliseconds with `inService` jobs. */
export function serviceTimeMs(curve: ServiceCurve, inService: number): number {
  const n = Math.max(1, inService);
  return curve.serviceMs * (1 + curve.alpha * (n - 1) + curve.beta * n * (n - 1));
}

/** X(n) = n / S(n), jobs per second with `inService` jobs. */
export function throughputPerSecond(curve: ServiceCurve, inService: number): number {
  const timeMs = serviceTimeMs(curve, inService);
  return timeMs === 0 ? Number.POSITIVE_INFINITY : (inService * 1000) / timeMs;
}

/** The knee: the greatest X(n) over n ≤ W and the n that gives it. */
export function kneeOf(curve: ServiceCurve): { perSecond: number; inService: number } {
  let best = { perSecond: throughputPerSecond(curve, 1), inService: 1 };
  for (let n = 2; n <= curve.workers; n += 1) {
    const perSecond = throughputPerSecond(curve, n);
    if (perSecond > best.perSecond) best = { perSecond, inService: n };
  }
  return best;
}
