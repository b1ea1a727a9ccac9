import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Phase } from '../engine/timeline.js';
import { RunFolder } from '../run-folder/run-folder.js';
import { Monitoring } from './monitoring.js';
import type { HoldEdge, Observer } from './observer.js';

const START = 1_000_000;
const PHASES: Phase[] = [
  { index: 0, step: 1, kind: 'ramp', fromPercent: 0, toPercent: 100, startMs: 0, durationMs: 1000, settleMs: 0 },
  {
    index: 1,
    step: 1,
    kind: 'hold',
    fromPercent: 100,
    toPercent: 100,
    startMs: 1000,
    durationMs: 5000,
    settleMs: 2000,
  },
  { index: 2, step: 2, kind: 'hold', fromPercent: 120, toPercent: 120, startMs: 6000, durationMs: 2000, settleMs: 0 },
];

/** A clock whose ticks are made by hand. */
class HandClock {
  at = START;
  private readonly ticks: { periodMs: number; tick: () => void }[] = [];
  now(): number {
    return this.at;
  }
  every(periodMs: number, tick: () => void): () => void {
    this.ticks.push({ periodMs, tick });
    return () => this.ticks.splice(0);
  }
  sleep(): Promise<void> {
    return Promise.resolve();
  }
  async run(toMs: number): Promise<void> {
    while (this.at < START + toMs) {
      this.at += 100;
      for (const { periodMs, tick } of this.ticks) if ((this.at - START) % periodMs === 0) tick();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const watch = async (observers: Observer[], lines: unknown[] = []) => {
  const folder = new RunFolder(mkdtempSync(join(tmpdir(), 'watch-')));
  const clock = new HandClock();
  const monitoring = new Monitoring(folder, clock, (write) => {
    for (const line of lines) write('events', line);
    return observers;
  });
  await monitoring.open();
  const phase = () => PHASES.findLast(({ startMs }) => clock.now() >= START + startMs);
  monitoring.follow(phase, START);
  await clock.run(9000);
  await monitoring.close();
  return folder;
};

const quiet = (over: Partial<Observer>): Observer => ({
  name: 'o',
  open: () => Promise.resolve(),
  close: () => Promise.resolve(),
  ...over,
});

describe('monitoring', () => {
  it('tells the edges of the judged part of every hold, and nothing of ramps and settling', async () => {
    const edges: HoldEdge[] = [];
    const hold = (edge: HoldEdge) => Promise.resolve(void edges.push(edge));
    await watch([quiet({ hold })]);
    expect(edges.map(({ step, levelPercent, edge, at }) => [step, levelPercent, edge, at - START])).toEqual([
      [1, 100, 'start', 3000],
      [1, 100, 'end', 6000],
      [2, 120, 'start', 6000],
      [2, 120, 'end', 8000],
    ]);
  });

  it('ticks once a second with the hold, never twice at a time', async () => {
    const steps: (number | undefined)[] = [];
    const released = Promise.withResolvers<void>();
    let calls = 0;
    let atOnce = 0;
    let most = 0;
    const slow = quiet({
      name: 'slow',
      tick: async () => {
        calls += 1;
        most = Math.max(most, (atOnce += 1));
        await released.promise;
        atOnce -= 1;
      },
      hold: ({ step, edge }) => Promise.resolve(step === 2 && edge === 'end' ? released.resolve() : undefined),
    });
    await watch([quiet({ tick: ({ step }) => Promise.resolve(void steps.push(step)) }), slow]);
    expect(steps).toEqual([undefined, undefined, 1, 1, 1, 2, 2, undefined, undefined]);
    expect({ calls, most }).toEqual({ calls: 2, most: 1 });
  });

  it('notes what failed in one line and lets the others go on', async () => {
    const fail = () => Promise.reject(new Error('no such host\nstack'));
    const folder = await watch(
      [
        quiet({ name: 'closed', open: fail, tick: fail }),
        quiet({ name: 'shaky', tick: fail }),
        quiet({ name: 'well' }),
      ],
      [{ at: 1 }],
    );
    expect(folder.read('observers.json')).toEqual([
      { name: 'closed', state: 'failed', readings: 0, error: 'no such host' },
      { name: 'shaky', state: 'partly', readings: 2, error: 'no such host' },
      { name: 'well', state: 'ok', readings: 2 },
    ]);
    expect(readFileSync(folder.file('observed/events.ndjson'), 'utf8')).toBe('{"at":1}\n');
  });
});
