import { SampleWindow } from './sample-window.js';

describe('a sample window', () => {
  it('tells percentiles within 5 % and the share of errors', () => {
    const window = new SampleWindow(10_000);
    for (let at = 1; at <= 1000; at += 1) window.add(at * 5, at, at % 10 === 0);
    for (const percentile of [50, 95, 99]) {
      const found = window.percentile(5000, percentile);
      expect(Math.abs(found - percentile * 10)).toBeLessThanOrEqual(percentile * 10 * 0.05);
    }
    expect(window.calls(5000)).toBe(1000);
    expect(window.errorShare(5000)).toBeCloseTo(0.1);
  });

  it('forgets what is older than the window, also after a pause', () => {
    const window = new SampleWindow(3000);
    window.add(500, 10, true);
    window.add(2500, 20, false);
    expect(window.calls(2900)).toBe(2);
    expect(window.calls(3100)).toBe(1);
    expect(window.errorShare(3100)).toBe(0);
    expect(window.calls(60_000)).toBe(0);
    expect(window.percentile(60_000, 99)).toBe(0);
  });

  it('takes any duration', () => {
    const window = new SampleWindow(1000);
    for (const durationMs of [0, 1e-9, 1e12]) window.add(0, durationMs, false);
    expect(window.calls(0)).toBe(3);
  });
});
