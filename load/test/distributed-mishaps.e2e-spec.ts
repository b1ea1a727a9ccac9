import { existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HRLINK_OPERATIONS } from '@poligon/hrlink-api';
import { RunFolder } from '../src/run-folder/run-folder.js';
import { FakeHrlink, FakeRefusal, type RecordedCall } from './fake-hrlink.js';
import { FakeInbox } from './fake-inbox.js';
import { eventually, type LoadProcess, LoadProcesses, runIn, samplesOf, writeFiles } from './load-process.js';

const LONG = 'steps: [{ level: 100, ramp: 0s, hold: 60s }]';
const RATES = { 'send-document': 36_000 };

/** The operation a call is made in. */
const traceOf = ({ traceparent }: RecordedCall) => traceparent!.split('-')[1];

/** What a run says with `--json`. */
interface Result {
  word: string;
  folder: string;
  reasons: { code: string; detail: string }[];
}

describe('what can go wrong when workers send the load', () => {
  let inbox: FakeInbox;
  let hrlink: FakeHrlink;
  let folder: string;
  const processes = new LoadProcesses();

  beforeEach(async () => {
    inbox = await new FakeInbox().start();
    hrlink = await new FakeHrlink(inbox).start();
    folder = mkdtempSync(join(tmpdir(), 'load-workers-'));
  });
  afterEach(async () => {
    await processes.kill();
    await hrlink.stop();
    await inbox.stop();
  });

  const start = (files: string[], url = hrlink.url, credentials: string[] = []) => {
    const target = ['--hrlink', url, '--sms-admin', inbox.url, '--out', join(folder, 'runs')];
    return processes.start(['run', ...files, ...target, ...credentials, '--threads', '2', '--json'], {
      ...{ LOAD_HRLINK_TOKEN: 'secret', LOAD_HRLINK_PASSWORD: 'hr-password' },
    });
  };
  const endOf = async (running: LoadProcess) => {
    const exitCode = await running.ended;
    return { exitCode, err: running.err, ...(JSON.parse(running.out) as Result) };
  };
  const runFolder = () => runIn(join(folder, 'runs'));
  const samples = () => (existsSync(join(folder, 'runs')) ? samplesOf(runFolder()).length : 0);

  it('a wrong profile: one line, exit code 2, no run folder', async () => {
    const files = writeFiles(folder, LONG, RATES);
    writeFileSync(join(folder, 'profile.yaml'), 'name: p\noperations: { send-document: { perHour: many } }\n');
    const running = start(files);
    expect(await running.ended).toBe(2);
    expect(running.err).toMatch(/^error: profile\.yaml: operations\.send-document\.perHour: [^\n]+\n$/);
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });

  it('a target that cannot be reached: exit code 4, the folder says why', async () => {
    const { exitCode, err, reasons } = await endOf(start(writeFiles(folder, LONG, RATES), 'http://127.0.0.1:1'));
    expect([exitCode, err]).toEqual([4, '']);
    expect(reasons).toEqual([{ code: 'prepare', detail: expect.stringMatching(/^currentUser net ECONNREFUSED/) }]);
    expect(new RunFolder(runFolder()).read('run.json').state).toBe('prepare-failed');
  });

  it('a token that expires under load: the run ends with one line and goes on with another token', async () => {
    const files = writeFiles(folder, 'steps: [{ level: 100, ramp: 0s, hold: 4s }]', RATES);
    const running = start(files);
    await eventually(() => samples() > 10);
    for (const op of HRLINK_OPERATIONS) hrlink.broken.set(op, new FakeRefusal(401, '11.006'));
    const { exitCode, err, reasons } = await endOf(running);
    expect([exitCode, err]).toEqual([130, '']);
    expect(reasons[0]!.code).toBe('interrupted');
    expect(reasons[0]!.detail).toMatch(
      /^thread-[12]: HRLink no longer takes the API token \(currentUser 401 11\.006\): it has expired or was revoked$/,
    );
    const run = new RunFolder(runFolder());
    expect(run.read('run.json').state).toBe('interrupted');
    expect(run.read('workers.json').workers.every(({ reason }) => /^HRLink no longer takes/.test(reason ?? ''))).toBe(
      true,
    );
    expect(readFileSync(run.file('report.html'), 'utf8')).toContain('HRLink no longer takes the API token');
    hrlink.broken.clear();
    const resumed = processes.start(['resume', run.path, '--threads', '2', '--json'], { LOAD_HRLINK_TOKEN: 'fresh' });
    expect([await resumed.ended, resumed.err]).toEqual([0, '']);
    const keys = samplesOf(run.path).map(({ operation, ordinal }) => `${operation}|${ordinal}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('a login that ends under load: every worker logs in again and no operation is lost by it', async () => {
    const files = writeFiles(folder, 'steps: [{ level: 100, ramp: 0s, hold: 4s }]', RATES);
    const running = start(files, hrlink.url, ['--login', 'hr']);
    await eventually(() => samples() > 10);
    const logins = hrlink.count('login');
    const op = 'documentGroups.sendToSigning';
    // One at a time: the call that is repeated after the login must be taken.
    for (let nth = 0; nth < 4; nth++) {
      hrlink.refusals.push({ op, refusal: new FakeRefusal(401, '11.006') });
      await eventually(() => hrlink.refused.length === nth + 1);
      const mine = traceOf(hrlink.refused[nth]!);
      await eventually(() => hrlink.calls.filter((call) => call.op === op && traceOf(call) === mine).length === 2);
    }
    const { exitCode, err, word } = await endOf(running);
    expect([exitCode, err, word]).toEqual([0, '', 'success']);
    expect(hrlink.count('login')).toBe(logins + 4);
    expect(samplesOf(runFolder()).every(({ outcome }) => outcome === 'ok')).toBe(true);
  });

  it('a clock that is off: nothing is prepared', async () => {
    inbox.shiftMs = 90_000;
    const { exitCode, reasons } = await endOf(start(writeFiles(folder, LONG, RATES)));
    expect(exitCode).toBe(4);
    expect(reasons[0]!.detail).toMatch(/^clock skew: the clock of the SMS emulator is (8|9)\d\.\d s ahead of/);
    expect(hrlink.count('users.create') + hrlink.count('bulk.create')).toBe(0);
  });

  it.each([
    ['samples.ndjson', 'running'],
    ['workers.json.part', 'finished'],
  ])('a disk that is full, met at %s: one line, exit code 1', async (name, state) => {
    const running = start(writeFiles(folder, 'steps: [{ level: 100, ramp: 0s, hold: 3s }]', RATES));
    await eventually(() => existsSync(join(folder, 'runs')) && existsSync(join(runFolder(), 'run.json')));
    symlinkSync('/dev/full', join(runFolder(), name));
    expect(await running.ended).toBe(1);
    expect(running.err).toMatch(/^error: run folder: ENOSPC[^\n]*\n$/);
    expect(running.out).toBe('');
    const run = new RunFolder(runFolder());
    expect(run.read('plan.json').plan.name).toBe('tiny');
    expect(run.read('run.json').state).toBe(state);
  });
});
