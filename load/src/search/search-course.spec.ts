import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '../../test/fake-clock.js';
import { queueingSystem } from '../../test/queueing-system.js';
import { LoadEngine } from '../engine/load-engine.js';
import { LocalCrew } from '../engine/local-crew.js';
import { Recorder } from '../engine/recorder.js';
import { loadProfileSchema } from '../profiles/load-profile.schema.js';
import { planSchema } from '../profiles/plan.schema.js';
import { recount } from '../resolve-run.js';
import type { PlannedRun } from '../run-folder/run-files.js';
import { RunFolder } from '../run-folder/run-folder.js';
import { demandsOf, observeHolds } from '../verdict/observe-run.js';
import { judgeRun } from '../verdict/judge-run.js';
import { courseOfRun } from './course-of-run.js';
import { pointsOf } from './points.js';

/** Time in steps of 10 ms: nothing here needs more. */
class CoarseClock extends FakeClock {
  override every(periodMs: number, tick: () => void) {
    return super.every(Math.max(10, periodMs), tick);
  }
}

const PER_HOUR = 43_200; // 12 a second at 100 %
const profile = loadProfileSchema.parse({
  name: 'p',
  operations: { 'send-document': { perHour: PER_HOUR, sla: { percentile: 95, limit: '3s' } } },
});

async function findMaximum(seed: string, knee: { servers: number; serviceMs: number }, search: object) {
  const stretch = { ramp: '10s', hold: '60s' };
  const plan = planSchema.parse({
    name: 'm',
    search: { first: stretch, next: stretch, confirm: stretch, settle: '5s', rest: '30s', ...search },
    drain: '60s',
  });
  const run: PlannedRun = {
    plan,
    profile,
    seed,
    timeScale: 1,
    phases: [],
    operations: [{ operation: 'send-document', perHour: PER_HOUR, needed: 0, total: 0, byStep: {} }],
  };
  const folder = RunFolder.create(mkdtempSync(join(tmpdir(), 'search-')), 'run');
  const clock = new CoarseClock();
  const recorder = new Recorder();
  const course = courseOfRun({ run, folder, recorder, judged: [] });
  course.extend(0);
  const startAt = clock.now();
  const crew = new LocalCrew({
    clock,
    seed,
    rates: run.operations,
    recorder,
    startAt,
    maxInFlight: 1000,
    execute: queueingSystem(clock, knee.servers, knee.serviceMs),
    sink: { write: () => undefined },
    probe: () => ({ read: () => ({ cpuPercent: 1, eventLoopUtilisation: 0.01, rssMb: 50 }) }),
  });
  const engine = new LoadEngine({
    ...{ clock, course, crew, startAt },
    drainMs: plan.drain,
    restMs: plan.search!.rest,
    signal: new AbortController().signal,
  });
  let isDone = false;
  const running = engine.run().finally(() => (isDone = true));
  for (let minute = 0; minute < 60 && !isDone; minute++) await clock.advance(60_000);
  const { holds } = await running;
  recount(run);
  const observed = observeHolds(run, holds, recorder);
  const outcome = folder.read('search.json');
  const verdict = judgeRun(observed, demandsOf(run), { isInterrupted: false, search: outcome });
  return { outcome, run, observed, verdict, points: pointsOf(observed, outcome, demandsOf(run)) };
}

describe('search against a system of known capacity', () => {
  // 4 servers of 200 ms give 20 a second: 166.7 % of the profile.
  const knee = { servers: 4, serviceMs: 200 };

  it.each(['a', 'b', 'c', 'd', 'e'])(
    'finds the capacity within one step and names the saturation, seed %s',
    async (seed) => {
      const { outcome, verdict, points } = await findMaximum(seed, knee, { start: 140, step: 10 });
      expect(outcome).toMatchObject({ result: 'found', isConfirmed: true });
      expect(Math.abs(outcome.lmaxPercent! - 166.7)).toBeLessThanOrEqual(10);
      expect(verdict).toMatchObject({ word: 'success', exitCode: 0 });
      expect(Math.abs(points.saturation!.levelPercent - 166.7)).toBeLessThanOrEqual(20);
      expect(Math.abs(points.throughputPercent! - 166.7)).toBeLessThanOrEqual(10);
    },
  );

  it('goes down when the first step fails and says the system is below its requirements', async () => {
    const { outcome, verdict } = await findMaximum('a', { servers: 2, serviceMs: 200 }, { start: 100, step: 10 });
    expect(outcome).toMatchObject({ result: 'below-start', isConfirmed: true });
    expect(Math.abs(outcome.lmaxPercent! - 83.3)).toBeLessThanOrEqual(10);
    expect(verdict).toMatchObject({ word: 'failure', exitCode: 99 });
    expect(verdict.reasons.map(({ code }) => code)).toContain('lmax-below');
  });

  it('stops at the ceiling and breaks off the ramp of a step that will not be run', async () => {
    const { outcome, run } = await findMaximum('a', knee, { start: 140, step: 10, ceiling: 150 });
    expect(outcome).toMatchObject({ result: 'at-least', lmaxPercent: 150 });
    expect(run.phases.every(({ cutMs }) => cutMs === undefined)).toBe(true);
    const found = await findMaximum('a', knee, { start: 190, step: 40, ceiling: 300 });
    expect(found.run.phases.find(({ step, kind }) => step === 2 && kind === 'ramp')!.cutMs).toBeGreaterThan(0);
  });
});
