import { LATENCY_BOUNDS, LatencyHistogram } from './latency-histogram.js';
import { RecentQuantiles } from './recent-quantiles.js';

const valuesOf = (samples: ReturnType<RecentQuantiles['read']>) =>
  Object.fromEntries(samples.map(({ labels, value }) => [labels['quantile'], value]));

it('interpolates inside a bucket', () => {
  const histogram = new LatencyHistogram(LATENCY_BOUNDS);
  for (let at = 0; at < 100; at += 1) histogram.observe(0.15);
  const quantiles = valuesOf(new RecentQuantiles().read('o', histogram, 0));
  expect(quantiles['0.5']).toBeCloseTo(0.125, 6);
  expect(quantiles['0.99']).toBeCloseTo(0.1495, 6);
});

it('forgets what is more than a minute old', () => {
  const histogram = new LatencyHistogram(LATENCY_BOUNDS);
  const quantiles = new RecentQuantiles();
  histogram.observe(30);
  expect(valuesOf(quantiles.read('o', histogram, 0))['0.5']).toBeGreaterThan(10);
  quantiles.read('o', histogram, 30_000);
  histogram.observe(0.15);
  expect(valuesOf(quantiles.read('o', histogram, 61_000))['0.99']).toBeLessThanOrEqual(0.15);
  expect(quantiles.read('o', histogram, 200_000)).toEqual([]);
});

it('says the last bound of what lies beyond it', () => {
  const histogram = new LatencyHistogram(LATENCY_BOUNDS);
  histogram.observe(1000);
  expect(valuesOf(new RecentQuantiles().read('o', histogram, 0))['0.95']).toBe(60);
});

it('does not grow with a scraper that asks all the time', () => {
  const histogram = new LatencyHistogram(LATENCY_BOUNDS);
  const quantiles = new RecentQuantiles();
  for (let at = 0; at < 100_000; at += 1) quantiles.read('o', histogram, at);
  const kept = (quantiles as unknown as { snapshots: Map<string, unknown[]> }).snapshots.get('o');
  expect(kept!.length).toBeLessThanOrEqual(62);
});
