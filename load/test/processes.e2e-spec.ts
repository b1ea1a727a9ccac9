import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunFolder } from '../src/run-folder/run-folder.js';
import { FakeHrlink } from './fake-hrlink.js';
import { FakeInbox } from './fake-inbox.js';
import { eventually, LoadProcesses, runIn, samplesOf, writeFiles } from './load-process.js';

describe('the built command line', () => {
  let inbox: FakeInbox;
  let hrlink: FakeHrlink;
  let folder: string;
  const processes = new LoadProcesses();

  beforeEach(async () => {
    inbox = await new FakeInbox().start();
    hrlink = await new FakeHrlink(inbox).start();
    folder = mkdtempSync(join(tmpdir(), 'load-process-'));
  });
  afterEach(async () => {
    await processes.kill();
    await hrlink.stop();
    await inbox.stop();
  });

  const start = (...args: string[]) => processes.start(args);
  const target = () => ['--hrlink', hrlink.url, '--sms-admin', inbox.url, '--out', join(folder, 'runs')];
  const keysOf = (run: string) => samplesOf(run).map(({ operation, ordinal }) => `${operation}|${ordinal}`);

  it('sends the load from worker threads, every operation once', async () => {
    const files = writeFiles(folder, 'steps: [{ level: 100, ramp: 500ms, hold: 3s }]', {
      'send-document': 36_000,
      'sign-unep': 18_000,
    });
    const run = start('run', ...files, ...target(), '--threads', '2', '--json');
    await run.ended;
    const result = JSON.parse(run.out) as { word: string; folder: string; holds: { operations: object[] }[] };
    const samples = samplesOf(result.folder);
    expect(new Set(keysOf(result.folder)).size).toBe(samples.length);
    expect(samples.length).toBe(3 + 30 + 1 + 15);
    expect(samples.every(({ outcome }) => outcome === 'ok')).toBe(true);
    expect(new Set(samples.map(({ worker }) => worker))).toEqual(new Set(['thread-1', 'thread-2']));
    expect(new RunFolder(result.folder).read('workers.json').workers.length).toBe(2);
    const calls = new RunFolder(result.folder).read('calls.json').load;
    expect(calls.find(({ operation }) => operation === 'document.sign')!.count).toBe(hrlink.count('document.sign'));
    expect(run.err).toBe('');
  });

  it('goes on after SIGKILL in mid-hold: what was in flight is lost once, the hold is repeated', async () => {
    const files = writeFiles(
      folder,
      'steps: [{ level: 100, ramp: 0s, hold: 1s }, { level: 120, ramp: 0s, hold: 4s }]',
      {
        'send-document': 72_000,
      },
    );
    const killed = start('run', ...files, ...target(), '--quiet');
    await eventually(() => killed.child.exitCode !== null || hrlink.count('documentGroups.sendToSigning') > 40);
    let open: () => void = () => undefined;
    hrlink.gate = new Promise((resolve) => (open = resolve));
    // Something must be in flight at the last sign of life: two readings of the generator after the first call that nobody answers.
    await eventually(() => killed.child.exitCode !== null || hrlink.gated > 0);
    const run = runIn(join(folder, 'runs'));
    const signs = () => readFileSync(join(run, 'health.ndjson'), 'utf8').split('\n').length;
    const seen = signs();
    await eventually(() => killed.child.exitCode !== null || signs() >= seen + 2);
    await killed.kill();
    hrlink.gate = undefined;
    open();
    expect(killed.out).toBe('');
    expect(new RunFolder(run).read('run.json').state).toBe('running');
    const before = samplesOf(run).length;
    const resumed = start('resume', run, '--json');
    expect([await resumed.ended, resumed.err]).toEqual([0, '']);
    const samples = samplesOf(run);
    expect(samples.length).toBeGreaterThan(before);
    expect(new Set(keysOf(run)).size).toBe(samples.length);
    const lost = samples.filter(({ outcome }) => outcome === 'lost');
    expect(new Set(lost.map(({ cause }) => cause))).toEqual(new Set(['process ended']));
    const holds = new RunFolder(run).read('observations.json');
    expect(holds.map(({ levelPercent }) => levelPercent)).toEqual([100, 120]);
    expect(holds.at(-1)!.operations[0]!.succeeded).toBe(96);
  });

  it('ends when asked to by `stop`, and `status` tells how things stand', async () => {
    const files = writeFiles(folder, 'steps: [{ level: 100, ramp: 0s, hold: 60s }]', { 'send-document': 36_000 });
    const running = start('run', ...files, ...target());
    await running.saying(join(folder, 'runs'));
    const run = runIn(join(folder, 'runs'));
    await eventually(() => samplesOf(run).length > 20);
    const status = start('status', run, '--json');
    await status.ended;
    expect(JSON.parse(status.out)).toMatchObject({
      state: 'running',
      phase: { step: 1, kind: 'hold', levelPercent: 100 },
      health: { live: { levelPercent: 100, targetPerSecond: 10, lagP99Ms: expect.any(Number), failed: 0 } },
    });
    const words = start('status', run, '--lang', 'en');
    await words.ended;
    expect(words.out).toMatch(
      / of 10\.0 op\/s \| in flight \d+ \| p95 \d+ ms \| lag p99 \d+ ms \| CPU \d+ % \| launched \d+ \| failed 0/,
    );
    const stop = start('stop', run, '--lang', 'en');
    expect(await stop.ended).toBe(0);
    expect(stop.out).toContain('was interrupted');
    expect(await running.ended).toBe(130);
    const again = start('stop', run);
    expect([await again.ended, again.err]).toEqual([2, `error: ${run}: the run is interrupted, not running\n`]);
  });
});
