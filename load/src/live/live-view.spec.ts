import { reportModel } from '../../test/report-model.fixture.js';
import type { Sample } from '../engine/sample.js';
import { layOut } from '../engine/timeline.js';
import { LiveRun } from './live-run.js';
import { LiveView } from './live-view.js';

const START = Date.UTC(2026, 0, 15, 9);
const HEALTH = { at: 0, cpuPercent: 5, eventLoopUtilisation: 0, rssMb: 1, inFlight: 0, launched: 0, dropped: 0 };
const { planned } = reportModel();
const run: typeof planned = {
  ...planned,
  operations: [{ ...planned.operations[0]!, operation: 'sign-unep', perHour: 7200 }],
};
const phases = layOut([{ levelPercent: 100, rampMs: 10_000, holdMs: 60_000, settleMs: 0 }], 0);

/** Two operations end in every second, one of them failed when told so. */
function watched(seconds: number, { latencyMs = 300, lagMs = 4, isFailing = false } = {}) {
  const live = new LiveRun('r', run, START);
  const view = new LiveView(live);
  let figures = view.tick(START);
  for (let second = 1; second <= seconds; second++) {
    const now = START + second * 1000;
    for (const outcome of ['ok', isFailing ? 'failed' : 'ok'] as const) {
      const planned = now - latencyMs;
      const sample = { operation: 'sign-unep', ordinal: 1, step: 1, stage: 'hold', planned, outcome } as Sample;
      live.add({ ...sample, started: planned + lagMs, completed: now }, now);
    }
    live.tick(
      { ...HEALTH, at: now },
      phases.findLast(({ startMs }) => startMs <= second * 1000),
    );
    figures = view.tick(now);
  }
  return figures;
}

describe('what people watch', () => {
  it('has no rate before the first second is over', () => {
    const figures = watched(0);
    expect(figures).toMatchObject({ levelPercent: 0, targetPerSecond: 0 });
    expect(figures.actualPerSecond).toBeUndefined();
    expect(figures.operations).toEqual([{ operation: 'sign-unep', targetPerHour: 0 }]);
  });

  it('compares what ended in the last ten seconds with what the level asked for in them', () => {
    const hold = watched(30);
    expect(hold.levelPercent).toBe(100);
    expect(hold.targetPerSecond).toBeCloseTo(2, 6);
    expect(hold.actualPerSecond).toBeCloseTo(2, 6);
    expect(hold.operations[0]).toMatchObject({ targetPerHour: 7200, actualPerHour: 7200 });
  });

  it('moves the target with the ramp', () => {
    const ramp = watched(5);
    expect(ramp.levelPercent).toBeCloseTo(50, 6);
    expect(ramp.targetPerSecond).toBeCloseTo(0.6, 6);
  });

  it('gives percentiles and the lag of the generator over the last minute, failures left out of latencies', () => {
    const figures = watched(20, { isFailing: true });
    const [row] = figures.operations;
    for (const ms of [row!.p50Ms, row!.p95Ms, row!.p99Ms, figures.p95Ms]) expect(ms).toBeCloseTo(300, 0);
    expect(figures.lagP99Ms).toBeCloseTo(4, 0);
    expect(row!.actualPerHour).toBeCloseTo(7200, 6);
  });
});
