import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunFolder } from '../src/run-folder/run-folder.js';
import { FakeHrlink } from './fake-hrlink.js';
import { FakeInbox } from './fake-inbox.js';
import { LoadProcesses, runIn, samplesOf, writeFiles } from './load-process.js';

const folder = mkdtempSync(join(tmpdir(), 'load-disk-'));
const mount = (options: string, at: string) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', at]).status === 0;
const unmount = (at: string) => spawnSync('umount', [at]).status === 0;
const canMount = mount('size=64k', folder) && unmount(folder);
const suite = canMount ? describe : describe.skip;

suite(`a disk that fills up${canMount ? '' : ' [skipped: a small file system cannot be mounted here]'}`, () => {
  let inbox: FakeInbox;
  let hrlink: FakeHrlink;
  const mounted: string[] = [];
  const processes = new LoadProcesses();

  beforeEach(async () => {
    inbox = await new FakeInbox().start();
    hrlink = await new FakeHrlink(inbox).start();
  });
  afterEach(async () => {
    await processes.kill();
    mounted.splice(0).forEach(unmount);
    await hrlink.stop();
    await inbox.stop();
  });

  const start = (...args: string[]) => processes.start(args);
  /** Runs on a disk of this size until it is full; gives the run with room again. */
  const fill = async (size: string, files: string[], crew: string[]) => {
    const disk = mkdtempSync(join(folder, 'disk-'));
    expect(mount(`size=${size}`, disk)).toBe(true);
    mounted.push(disk);
    const target = ['--hrlink', hrlink.url, '--sms-admin', inbox.url, '--out', join(disk, 'runs')];
    const full = start('run', ...files, ...target, ...crew, '--json');
    expect([await full.ended, full.out]).toEqual([1, '']);
    expect(full.err).toMatch(/^error: run folder: ENOSPC[^\n]*\n$/);
    expect(mount('remount,size=50m', disk)).toBe(true);
    return new RunFolder(runIn(join(disk, 'runs')));
  };

  it('when the reports are written leaves the verdict; `report` writes them when there is room', async () => {
    const files = writeFiles(folder, 'steps: [{ level: 100, ramp: 0s, hold: 2s }]', { 'send-document': 36_000 });
    const run = await fill('300k', files, []);
    expect(run.read('run.json').state).toBe('finished');
    expect(run.read('verdict.json').word).toBe('success');
    const report = start('report', run.path);
    expect([await report.ended, report.err]).toEqual([0, '']);
    expect(run.readText('report.html')).toContain('</html>');
  }, 60_000);

  it.each<[string, string[]]>([
    ['one process', []],
    ['worker threads', ['--threads', '2']],
  ])(
    'under the load of %s ends the run with one line; with room again it goes on, every operation once',
    async (_, crew) => {
      const files = writeFiles(folder, 'steps: [{ level: 100, ramp: 0s, hold: 6s }]', { 'send-document': 180_000 });
      const run = await fill('100k', files, crew);
      expect(run.read('run.json').state).toBe('running');
      const resumed = start('resume', run.path, ...crew, '--json');
      expect([await resumed.ended, resumed.err]).toEqual([0, '']);
      const samples = samplesOf(run.path);
      const keys = samples.map(({ operation, ordinal }) => `${operation}|${ordinal}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(run.read('run.json').state).toBe('finished');
      expect(run.has('report.html')).toBe(true);
      const lost = samples.filter(({ outcome }) => outcome === 'lost').length;
      process.stdout.write(`disk full and mended: ${samples.length} operations, ${lost} of them written off\n`);
    },
    120_000,
  );
});
