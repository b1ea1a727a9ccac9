import { FakeClock } from '../../test/fake-clock.js';
import { FixedCourse } from './course.js';
import { LoadEngine } from './load-engine.js';
import type { EngineOptions } from './load-engine.js';
import { LocalCrew } from './local-crew.js';
import type { LocalCrewOptions } from './local-crew.js';
import type { Sample } from './sample.js';
import { layOut } from './timeline.js';

const calmProbe = () => ({ read: () => ({ cpuPercent: 1, eventLoopUtilisation: 0.01, rssMb: 50 }) });

function engineWith(overrides: Partial<Omit<EngineOptions, 'crew'> & LocalCrewOptions> & { clock: FakeClock }) {
  const samples: Sample[] = [];
  const options = {
    seed: 's',
    rates: [{ operation: 'a', perHour: 36_000 }],
    course: new FixedCourse(layOut([{ levelPercent: 100, rampMs: 1000, holdMs: 4000, settleMs: 1000 }], 0)),
    startAt: overrides.clock.now(),
    maxInFlight: 100,
    drainMs: 1000,
    execute: async () => ({}),
    sink: { write: (sample: Sample) => void samples.push(sample) },
    probe: calmProbe,
    signal: new AbortController().signal,
    ...overrides,
  };
  return { engine: new LoadEngine({ ...options, crew: new LocalCrew(options) }), samples };
}

describe('load engine', () => {
  it('launches every planned arrival once, within a tick of its moment', async () => {
    const clock = new FakeClock();
    const { engine, samples } = engineWith({ clock });
    const done = engine.run();
    await clock.advance(7000);
    const result = await done;
    expect(samples.length).toBe(5 + 40);
    expect(result.interrupted).toBe(false);
    for (const sample of samples) {
      const lag = sample.started! - sample.planned;
      expect(lag).toBeGreaterThanOrEqual(0);
      expect(lag).toBeLessThanOrEqual(1);
    }
    expect(new Set(samples.map((sample) => sample.stage))).toEqual(new Set(['ramp', 'settle', 'hold']));
  });

  it('sends the whole backlog after the loop was blocked and shows the lag', async () => {
    const clock = new FakeClock();
    const { engine, samples } = engineWith({ clock });
    const done = engine.run();
    await clock.advance(2000);
    const before = samples.length;
    clock.jump(500);
    await clock.advance(5000);
    await done;
    expect(samples.length).toBe(45);
    const late = samples.slice(before).filter((sample) => sample.started! - sample.planned > 100);
    expect(late.length).toBeGreaterThan(0);
  });

  it('counts from the plan what a stalled system hides from the moment of sending', async () => {
    const clock = new FakeClock();
    const { engine, samples } = engineWith({
      clock,
      execute: async (arrival) => {
        await clock.sleep(20);
        return arrival.ordinal % 10 === 0 ? { cause: 'refused' } : {};
      },
    });
    const done = engine.run();
    await clock.advance(1500);
    clock.jump(800);
    await clock.advance(6000);
    const { cells } = await done;
    const hold = cells.filter((cell) => cell.stage !== 'ramp');
    const late = (from: 'planned' | 'started') =>
      samples.filter((sample) => sample.outcome === 'ok' && sample.completed! - sample[from]! > 150).length;
    expect(late('planned')).toBeGreaterThanOrEqual(4);
    expect(late('started')).toBeLessThanOrEqual(1);
    expect(hold.reduce((sum, cell) => sum + cell.counts.failed, 0)).toBeGreaterThan(0);
  });

  it('drops and counts arrivals above the in-flight ceiling', async () => {
    const clock = new FakeClock();
    const { engine, samples } = engineWith({
      clock,
      maxInFlight: 3,
      execute: async (_arrival, _accepted, signal) => {
        await clock.sleep(60_000, signal);
        return {};
      },
    });
    const done = engine.run();
    await clock.advance(8000);
    await done;
    expect(engine.crew.launched).toBe(3);
    expect(engine.crew.dropped).toBe(42);
    expect(samples.filter((sample) => sample.outcome === 'lost').length).toBe(3);
  });

  it('measures the mean number in flight as rate times duration', async () => {
    const clock = new FakeClock();
    const { engine } = engineWith({
      clock,
      course: new FixedCourse(layOut([{ levelPercent: 100, rampMs: 2000, holdMs: 20_000, settleMs: 0 }], 100)),
      execute: async () => {
        await clock.sleep(500);
        return {};
      },
    });
    const done = engine.run();
    await clock.advance(30_000);
    const { holds } = await done;
    expect(holds[0]!.meanInFlight).toBeGreaterThan(4.4);
    expect(holds[0]!.meanInFlight).toBeLessThan(5.6);
  });

  it('stops at once when interrupted and records the unfinished as lost', async () => {
    const clock = new FakeClock();
    const interrupt = new AbortController();
    const { engine, samples } = engineWith({
      clock,
      signal: interrupt.signal,
      execute: async (_arrival, _accepted, signal) => {
        await clock.sleep(60_000, signal);
        return {};
      },
    });
    const done = engine.run();
    await clock.advance(2000);
    interrupt.abort();
    await clock.advance(2);
    const result = await done;
    expect(result.interrupted).toBe(true);
    expect(samples.length).toBeGreaterThan(0);
    expect(samples.every((sample) => sample.outcome === 'lost' && sample.cause === 'interrupted')).toBe(true);
  });
});
