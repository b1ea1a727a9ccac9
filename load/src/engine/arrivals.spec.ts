import fc from 'fast-check';
import { arrivalOffsets, phaseArrivals, plannedByStage, plannedCount, plannedTotal, rampInverse } from './arrivals.js';
import type { Phase } from './timeline.js';
import { layOut } from './timeline.js';

const ramp = (from: number, to: number, durationMs: number): Phase => ({
  index: 0,
  step: 1,
  kind: 'ramp',
  fromPercent: from,
  toPercent: to,
  startMs: 0,
  durationMs,
  settleMs: 0,
});
const hold = (level: number, durationMs: number, settleMs = 0): Phase => ({
  ...ramp(level, level, durationMs),
  kind: 'hold',
  settleMs,
});

describe('arrival plan', () => {
  it('gives exactly N = O·k·H arrivals on every hold, sorted and inside it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 50_000 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1000, max: 600_000 }),
        fc.string(),
        (perHour, level, durationMs, seed) => {
          const phase = hold(level, durationMs);
          const offsets = arrivalOffsets(seed, { operation: 'a', perHour }, phase);
          expect(offsets.length).toBe(Math.round((perHour * level * durationMs) / 360_000_000));
          const isInOrder = offsets.every((at, i) => at >= (i === 0 ? 0 : offsets[i - 1]!) && at < durationMs);
          expect(isInOrder).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is a pure function of seed, operation and phase', () => {
    const phase = hold(100, 60_000);
    const draw = (seed: string, operation: string, step = 1) =>
      [...arrivalOffsets(seed, { operation, perHour: 6000 }, { ...phase, step })].join();
    expect(draw('s', 'a')).toBe(draw('s', 'a'));
    expect(draw('s', 'a')).not.toBe(draw('t', 'a'));
    expect(draw('s', 'a')).not.toBe(draw('s', 'b'));
    expect(draw('s', 'a', 1)).not.toBe(draw('s', 'a', 2));
  });

  it('follows the linear density on a ramp from zero: a quarter of the arrivals in the first half', () => {
    const offsets = arrivalOffsets('s', { operation: 'a', perHour: 3_600_000 }, ramp(0, 100, 60_000));
    expect(offsets.length).toBe(30_000);
    const firstHalf = offsets.filter((offset) => offset < 30_000).length;
    expect(firstHalf / offsets.length).toBeCloseTo(0.25, 2);
  });

  it('inverts the cumulative share of any ramp', () => {
    const level = fc.double({ min: 0, max: 300, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999999, noNaN: true }), level, level, (share, from, to) => {
        fc.pre(from + to > 0.001);
        const at = rampInverse(share, from, to);
        const area = from * at + ((to - from) * at * at) / 2;
        expect(area / ((from + to) / 2)).toBeCloseTo(share, 5);
      }),
    );
  });

  it('numbers the arrivals of an operation over all phases without gaps, in order of time', () => {
    const phases = layOut(
      [
        { levelPercent: 100, rampMs: 5000, holdMs: 10_000, settleMs: 2000 },
        { levelPercent: 150, rampMs: 5000, holdMs: 10_000, settleMs: 0 },
      ],
      0,
    );
    const rates = [
      { operation: 'a', perHour: 7200 },
      { operation: 'b', perHour: 3600 },
    ];
    const all = phases.flatMap((phase) => [...phaseArrivals('s', rates, phases, phase.index)]);
    for (const { operation, perHour } of rates) {
      const own = all.filter((arrival) => arrival.operation === operation);
      expect(own.map((arrival) => arrival.ordinal)).toEqual([...own.keys()]);
      expect(own.length).toBe(plannedTotal(perHour, phases));
    }
    const times = all.map((arrival) => arrival.phase.startMs + arrival.offsetMs);
    expect(times).toEqual([...times].sort((x, y) => x - y));
  });

  it('splits the planned count of a hold into settle and judged parts', () => {
    const phase = hold(100, 60_000, 10_000);
    const counts = plannedByStage('s', { operation: 'a', perHour: 6000 }, phase);
    expect(counts['settle']! + counts['hold']!).toBe(plannedCount(6000, phase));
    expect(counts['settle']).toBeGreaterThan(0);
  });

  it('repeats the duration arithmetic of the customer plan: 4.87 hours of full profile for five steps', () => {
    const minute = 60_000;
    const step = (levelPercent: number, first: boolean) => ({
      levelPercent,
      rampMs: (first ? 20 : 15) * minute,
      holdMs: (first ? 60 : 30) * minute,
      settleMs: 0,
    });
    const phases = layOut(
      [100, 110, 120, 130, 140].map((level, index) => step(level, index === 0)),
      0,
    );
    expect(plannedTotal(10_000, phases) / 10_000).toBeCloseTo(292 / 60, 1);
  });
});
