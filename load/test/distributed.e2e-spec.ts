import { phaseArrivals } from '../src/engine/arrivals.js';
import type { EngineResult } from '../src/engine/load-engine.js';
import { Recorder } from '../src/engine/recorder.js';
import type { Sample } from '../src/engine/sample.js';
import { layOut } from '../src/engine/timeline.js';
import { observeHold } from '../src/verdict/observation.js';
import { contents, FleetHarness, PLAN, RATES } from './fleet-harness.js';

const PHASES = layOut(PLAN, 0);
const keyOf = ({ operation, ordinal }: { operation: string; ordinal: number }) => `${operation}|${ordinal}`;
const planned = PHASES.flatMap((phase) => [...phaseArrivals('s', RATES, PHASES, phase.index)].map(keyOf)).sort();

/** Everything that was planned has exactly one sample. */
function expectEachOnce(samples: readonly Sample[]) {
  expect(samples.map(keyOf).sort()).toEqual(planned);
}

async function run(harness: FleetHarness, crewOf: (startAt: number) => Parameters<FleetHarness['engine']>[0]) {
  const startAt = harness.clock.now() + 200;
  const engine = harness.engine(crewOf(startAt), startAt);
  const running = engine.run();
  let result: EngineResult | undefined;
  void running.then((value) => (result = value));
  return {
    engine,
    startAt,
    advance: (ms: number) => harness.clock.advance(ms),
    finish: async () => {
      for (let second = 0; second < 40 && !result; second++) await harness.clock.advance(1000);
      return running;
    },
  };
}

const distributed = async (harness: FleetHarness, names: string[]) => {
  for (const name of names) harness.worker(name);
  await harness.gather(names.length);
  return run(harness, (startAt) => harness.remoteCrew(startAt));
};

describe('a run on several workers', () => {
  it('has the plan, the totals and the percentiles of one process', async () => {
    const alone = new FleetHarness();
    const first = await run(alone, (startAt) => alone.localCrew(startAt));
    const local = await first.finish();
    const together = new FleetHarness();
    const second = await distributed(together, ['w1', 'w2']);
    const remote = await second.finish();
    expectEachOnce(alone.samples);
    expectEachOnce(together.samples);
    expect(contents(remote.cells)).toEqual(contents(local.cells));
    for (const [index, hold] of remote.holds.entries()) {
      const { startedAt, finishedAt, meanInFlight, rssMb, ...other } = local.holds[index]!;
      expect(hold).toMatchObject(other);
      expect(hold.startedAt - second.startAt).toBe(startedAt - first.startAt);
      expect(hold.finishedAt - second.startAt).toBe(finishedAt - first.startAt);
      expect(hold.meanInFlight).toBeCloseTo(meanInFlight, 1);
      expect(hold.rssMb).toBe(2 * rssMb);
    }
    const byWorker = Object.groupBy(together.samples, ({ worker }) => worker!);
    const share = byWorker['w1']!.length / together.samples.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
  });

  it('merges histograms into exactly what the samples give', async () => {
    const harness = new FleetHarness();
    const { cells } = await (await distributed(harness, ['w1', 'w2', 'w3'])).finish();
    const again = new Recorder();
    for (const sample of harness.samples) again.record(sample);
    expect(contents(cells)).toEqual(contents(again.all()));
  });

  it('goes on without a worker that dies in mid-hold: nothing twice, what was lost is named', async () => {
    const harness = new FleetHarness();
    const first = harness.worker('w1');
    const dying = harness.worker('w2');
    await harness.gather(2);
    const running = await run(harness, (startAt) => harness.remoteCrew(startAt));
    await running.advance(3000);
    dying.channel.isCut = true;
    const { holds, cells } = await running.finish();
    expectEachOnce(harness.samples);
    const lost = harness.samples.filter(({ outcome }) => outcome === 'lost');
    expect(lost.length).toBeGreaterThan(0);
    expect(new Set(lost.map(({ cause, worker }) => `${worker} ${cause}`))).toEqual(new Set(['w2 worker w2 lost']));
    expect(lost.every(({ step, started }) => step === 1 && started === undefined)).toBe(true);
    const later = harness.samples.filter(({ step, outcome }) => step === 2 && outcome === 'ok');
    expect(new Set(later.map(({ worker }) => worker))).toEqual(new Set(['w1']));
    const [, gone] = harness.record.workers;
    expect(gone).toMatchObject({ worker: 'w2', reason: expect.stringMatching(/^silent for 1\d\d\d ms$/) });
    expect(gone!.writtenOff).toBe(lost.length);
    expect(harness.record.events.map(({ kind }) => kind)).toContain('lost');
    const recorder = new Recorder();
    for (const sample of harness.samples) recorder.record(sample);
    const wanted = RATES.map(({ operation }) => ({ operation, planned: 1, slaPercentile: 95 }));
    const { operations } = observeHold(holds[0]!, wanted, recorder);
    const inHold = lost.filter(({ stage }) => stage === 'hold').length;
    expect(operations.reduce((sum, row) => sum + row.lost, 0)).toBe(inHold);
    expect(cells.reduce((sum, { counts }) => sum + counts.lost, 0)).toBe(lost.length);
    await first.node.stop();
  });

  it('never has two workers sending the same: one cut off falls silent before its shards are given away', async () => {
    const harness = new FleetHarness();
    const started: string[] = [];
    const noting = (name: string) => ({
      execute: async ({ operation, ordinal }: { operation: string; ordinal: number }) => {
        started.push(`${operation}|${ordinal}|${name}`);
        await harness.clock.sleep(50);
        return {};
      },
    });
    harness.worker('w1', noting('w1'));
    const cutOff = harness.worker('w2', noting('w2'));
    await harness.gather(2);
    const running = await run(harness, (startAt) => harness.remoteCrew(startAt));
    await running.advance(2500);
    cutOff.channel.isCut = true;
    await running.advance(3000);
    cutOff.channel.isCut = false;
    await running.finish();
    expectEachOnce(harness.samples);
    const keys = started.map((each) => each.split('|').slice(0, 2).join('|'));
    expect(new Set(keys).size).toBe(keys.length);
    expect(harness.events.map(({ kind }) => kind)).toContain('dismissed');
    expect(harness.record.workers.map(({ worker }) => worker)).toEqual(['w1', 'w2', 'w2']);
  });

  it('gives a worker that comes late its part', async () => {
    const harness = new FleetHarness();
    const running = await distributed(harness, ['w1']);
    await running.advance(2000);
    harness.worker('w2');
    await running.finish();
    expectEachOnce(harness.samples);
    expect(harness.samples.every(({ outcome }) => outcome === 'ok')).toBe(true);
    const late = harness.samples.filter(({ worker, step }) => worker === 'w2' && step === 2);
    expect(late.length / harness.samples.filter(({ step }) => step === 2).length).toBeGreaterThan(0.4);
    expect(harness.samples.every(({ planned: at, started }) => started! - at < 150)).toBe(true);
  });

  it('loses nothing to a worker that is told to end in mid-hold: the others send its part, its own operations end', async () => {
    const alone = new FleetHarness();
    const local = await (await run(alone, (startAt) => alone.localCrew(startAt))).finish();
    const harness = new FleetHarness();
    harness.worker('w1');
    const ending = harness.worker('w2');
    await harness.gather(2);
    const running = await run(harness, (startAt) => harness.remoteCrew(startAt));
    await running.advance(3000);
    const ended = ending.node.retire();
    const remote = await running.finish();
    await ended;
    expectEachOnce(harness.samples);
    expect(contents(remote.cells)).toEqual(contents(local.cells));
    expect(remote.holds.map(({ ended: count }) => count)).toEqual(local.holds.map(({ ended: count }) => count));
    remote.holds.forEach(({ meanInFlight }, hold) =>
      expect(meanInFlight).toBeCloseTo(local.holds[hold]!.meanInFlight, 1),
    );
    const [, left] = harness.record.workers;
    expect(left).toMatchObject({ worker: 'w2', reason: 'left', writtenOff: 0 });
    expect(left!.launched).toBeGreaterThan(0);
    const later = harness.samples.filter(({ step }) => step === 2);
    expect(new Set(later.map(({ worker }) => worker))).toEqual(new Set(['w1']));
    expect(harness.record.events.map(({ kind, worker }) => `${kind} ${worker}`)).toContain('leaving w2');
  });

  it('waits for a worker that is told to end no longer than 25 s, and names what it had to write off', async () => {
    const harness = new FleetHarness();
    harness.worker('w1');
    const never = () => new Promise<never>(() => undefined);
    const stuck = harness.worker('w2', { execute: never });
    await harness.gather(2);
    const running = await run(harness, (startAt) => harness.remoteCrew(startAt));
    await running.advance(1500);
    const ended = stuck.node.retire();
    await running.finish();
    await harness.clock.advance(26_000);
    await ended;
    expectEachOnce(harness.samples);
    const lost = harness.samples.filter(({ outcome }) => outcome === 'lost');
    expect(new Set(lost.map(({ worker }) => worker))).toEqual(new Set(['w2']));
  });

  it('does without a worker whose credentials are no longer taken', async () => {
    const harness = new FleetHarness();
    harness.worker('w1');
    const refused = harness.worker('w2');
    await harness.gather(2);
    const running = await run(harness, (startAt) => harness.remoteCrew(startAt));
    await running.advance(2000);
    refused.refuse('HRLink no longer takes the API token (currentUser 401 11.006)');
    await running.finish();
    expectEachOnce(harness.samples);
    const [, gone] = harness.record.workers;
    expect(gone!.reason).toBe('HRLink no longer takes the API token (currentUser 401 11.006)');
    expect(gone!.writtenOff).toBe(harness.samples.filter(({ outcome }) => outcome === 'lost').length);
    expect(harness.refusal).toBeUndefined();
    expect(harness.samples.filter(({ step }) => step === 2).every(({ worker }) => worker === 'w1')).toBe(true);
  });

  it('tells the run when nobody is left whose credentials are taken', async () => {
    const harness = new FleetHarness();
    const only = harness.worker('w1');
    await harness.gather(1);
    const running = await run(harness, (startAt) => harness.remoteCrew(startAt));
    await running.advance(2000);
    only.refuse('HRLink no longer takes the API token (currentUser 401 11.006)');
    await running.advance(200);
    expect(harness.refusal).toBe('w1: HRLink no longer takes the API token (currentUser 401 11.006)');
    await running.finish();
    expectEachOnce(harness.samples);
  });

  it('measures with the clock of the coordinator whatever the clocks of the workers say', async () => {
    const harness = new FleetHarness();
    harness.worker('ahead', { shiftMs: 90_000 });
    harness.worker('behind', { shiftMs: -3_600_000 });
    await harness.gather(2);
    await (await run(harness, (startAt) => harness.remoteCrew(startAt))).finish();
    expectEachOnce(harness.samples);
    for (const { planned: at, started, completed } of harness.samples) {
      expect(started! - at).toBeLessThanOrEqual(2);
      expect(completed! - started!).toBeLessThanOrEqual(325);
    }
    const offsets = harness.record.workers.map(({ worker, clock }) => [worker, Math.round(clock.offsetMs)]);
    expect(offsets).toEqual([
      ['ahead', -90_000],
      ['behind', 3_600_000],
    ]);
  });

  it('writes off what nobody could send and goes on when somebody comes', async () => {
    const harness = new FleetHarness();
    const only = harness.worker('w1');
    await harness.gather(1);
    const running = await run(harness, (startAt) => harness.remoteCrew(startAt));
    await running.advance(2000);
    only.channel.isCut = true;
    await running.advance(3000);
    harness.worker('w2');
    await running.finish();
    expectEachOnce(harness.samples);
    expect(harness.samples.some(({ cause }) => cause === 'no worker')).toBe(true);
    expect(harness.samples.some(({ worker, outcome }) => worker === 'w2' && outcome === 'ok')).toBe(true);
    expect(harness.record.events.map(({ kind }) => kind)).toContain('no-worker');
  });

  it('does not start without its workers and says who refused', async () => {
    const harness = new FleetHarness();
    harness.worker('w1', { refuse: 'currentUser 401 11.006' });
    const gathered = harness.fleet.gather(1, 5000, new AbortController().signal);
    const refusal = expect(gathered).rejects.toThrow(
      'workers: 0 of 1 ready within 5 s; last refusal: w1: currentUser 401 11.006',
    );
    await harness.clock.advance(6000);
    await refusal;
  });

  it('ends at once when interrupted, every operation accounted for', async () => {
    const harness = new FleetHarness();
    harness.worker('w1');
    harness.worker('w2');
    await harness.gather(2);
    const startAt = harness.clock.now() + 200;
    const interrupt = new AbortController();
    const running = harness.engine(harness.remoteCrew(startAt), startAt, interrupt.signal).run();
    await harness.clock.advance(3000);
    interrupt.abort();
    await harness.clock.advance(300);
    expect((await running).interrupted).toBe(true);
    const keys = harness.samples.map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
    expect(harness.samples.some(({ cause }) => cause === 'interrupted')).toBe(true);
  });
});
