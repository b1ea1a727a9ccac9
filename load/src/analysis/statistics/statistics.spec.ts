import fc from 'fast-check';
import { CoarseHistogram } from './coarse-histogram.js';
import { kneedle } from './kneedle.js';
import { spearman } from './ranks.js';
import { theilSen } from './theil-sen.js';
import { fitUsl, uslThroughput } from './usl.js';

const levels = Array.from({ length: 12 }, (_, index) => (index + 1) * 10);

describe('Kneedle', () => {
  it('finds the knee of throughput at the capacity and of latency before it (spec 6.3)', () => {
    expect(
      kneedle(
        levels.map((level) => [level, Math.min(level, 100)]),
        'concave',
      ),
    ).toBe(100);
    const latency = (level: number) => (level < 100 ? 100 / (100 - level) : 20 + (level - 100) * 4);
    expect(
      kneedle(
        levels.map((level) => [level, latency(level)]),
        'convex',
      ),
    ).toBe(90);
  });

  it('finds none on a straight line, and needs three points', () => {
    expect(
      kneedle(
        levels.map((level) => [level, level * 3]),
        'concave',
      ),
    ).toBeUndefined();
    expect(
      kneedle(
        [
          [1, 1],
          [2, 2],
        ],
        'concave',
      ),
    ).toBeUndefined();
  });
});

describe('universal scalability law', () => {
  const truth = [20, 0.04, 0.0004] as const;

  it('recovers its own parameters from exact points', () => {
    const points = [1, 2, 5, 10, 15, 20, 30, 40, 60, 80].map((n) => ({
      inFlight: n,
      perSecond: uslThroughput(truth, n),
    }));
    const fit = fitUsl(points)!;
    expect([fit.lambda, fit.sigma, fit.kappa].map((each, index) => each / truth[index]!)).toEqual([
      expect.closeTo(1, 4),
      expect.closeTo(1, 3),
      expect.closeTo(1, 3),
    ]);
    expect(fit.peakInFlight).toBeCloseTo(Math.sqrt(0.96 / 0.0004), 1);
    expect(fit.r2).toBeCloseTo(1, 6);
  });

  it('stays within five per cent of the peak with three per cent of noise', () => {
    const noise = [1.02, 0.98, 1.03, 0.99, 0.97, 1.01, 1.03, 0.98, 1.0, 1.02];
    const points = [2, 5, 8, 12, 18, 25, 35, 45, 60, 80].map((n, index) => ({
      inFlight: n,
      perSecond: uslThroughput(truth, n) * noise[index]!,
    }));
    const best = uslThroughput(truth, Math.sqrt(0.96 / 0.0004));
    expect(fitUsl(points)!.peakPerSecond / best).toBeGreaterThan(0.95);
    expect(fitUsl(points)!.peakPerSecond / best).toBeLessThan(1.05);
  });
});

describe('Theil–Sen', () => {
  it('gives the slope in spite of outliers, with an interval around it', () => {
    const points = Array.from({ length: 60 }, (_, x): [number, number] => [x, x === 7 ? 900 : 3 * x + (x % 2) * 0.2]);
    const trend = theilSen(points)!;
    expect(trend.slope).toBeCloseTo(3, 1);
    expect(trend.low).toBeLessThanOrEqual(trend.slope);
    expect(trend.high).toBeGreaterThanOrEqual(trend.slope);
    expect(trend.high - trend.low).toBeLessThan(0.05);
  });

  it('has zero inside its interval when nothing but noise is there', () => {
    const points = Array.from({ length: 100 }, (_, x): [number, number] => [x, (x * 7919) % 101]);
    const trend = theilSen(points)!;
    expect(trend.low).toBeLessThan(0);
    expect(trend.high).toBeGreaterThan(0);
  });

  it('says nothing of four points', () => {
    expect(
      theilSen([
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 4],
      ]),
    ).toBeUndefined();
  });
});

describe('rank correlation', () => {
  it.each([
    [[1, 2, 3, 4], [10, 20, 30, 400], 1],
    [[1, 2, 3, 4], [4, 3, 2, 1], -1],
    [[1, 2, 3], [5, 5, 5], undefined],
    [[1, 2], [1, 2], undefined],
    [[1, 2, 2, 3], [1, 2, 2, 3], 1],
  ])('%j against %j is %p', (xs, ys, rho) => {
    const found = spearman(xs, ys);
    if (rho === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(rho, 10);
  });
});

describe('coarse histogram', () => {
  it('gives percentiles within two per cent', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.2, max: 600_000, noNaN: true }), { minLength: 1 }), (values) => {
        const histogram = new CoarseHistogram();
        for (const value of values) histogram.record(value);
        const sorted = [...values].sort((a, b) => a - b);
        const exact = sorted[Math.ceil(sorted.length * 0.95) - 1]!;
        const ratio = histogram.percentile(95)! / exact;
        return ratio > 0.99 && ratio < 1.021;
      }),
    );
  });

  it('has no percentile without values', () => {
    expect(new CoarseHistogram().percentile(50)).toBeUndefined();
  });
});
