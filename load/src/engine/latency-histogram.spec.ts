import { LatencyHistogram } from './latency-histogram.js';

describe('latency histogram', () => {
  it('keeps three significant digits from microseconds to hours', () => {
    for (const value of [0.002, 0.5, 12, 999, 61_000, 3_600_000, 86_000_000]) {
      const histogram = LatencyHistogram.empty();
      histogram.record(value);
      expect(Math.abs(histogram.percentile(100)! - value) / value).toBeLessThan(0.002);
    }
  });

  it('survives encoding and merges exactly', () => {
    const left = LatencyHistogram.empty();
    const right = LatencyHistogram.empty();
    for (let value = 1; value <= 1000; value++) (value % 2 ? left : right).record(value);
    const merged = LatencyHistogram.decode(left.encode());
    merged.add(LatencyHistogram.decode(right.encode()));
    expect(merged.count).toBe(1000);
    expect(merged.percentile(95)!).toBeCloseTo(950, -1);
  });

  it('has no percentile without records and no negative latency', () => {
    const histogram = LatencyHistogram.empty();
    expect(histogram.percentile(95)).toBeUndefined();
    histogram.record(-0.4);
    expect(histogram.percentile(50)).toBe(0);
  });
});
