import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HRLINK_OPERATIONS } from '@poligon/hrlink-api';
import { RunFolder } from '../src/run-folder/run-folder.js';
import { runLoad } from '../src/run-load.js';
import type { RunOptions } from '../src/run-options.js';
import { SystemClock } from '../src/runtime/system-clock.js';
import { FakeHrlink, FakeRefusal } from './fake-hrlink.js';
import { FakeInbox } from './fake-inbox.js';
import { samplesOf } from './load-process.js';

const MACHINE = {
  clock: new SystemClock(),
  probe: () => ({ read: () => ({ cpuPercent: 5, eventLoopUtilisation: 0.05, rssMb: 100 }) }),
};
const PROFILE = `name: p
operations: { send-document: { perHour: 72000, sla: { percentile: 95, limit: 5m } } }
data: { signers: 2, pdfKilobytes: 2 }
timing: { pollInterval: 20ms, pollTimeout: 20s, otpTimeout: 20s, clockSkew: 2s }
`;

describe('what can go wrong', () => {
  let inbox: FakeInbox;
  let hrlink: FakeHrlink;
  let folder: string;

  beforeEach(async () => {
    inbox = await new FakeInbox().start();
    hrlink = await new FakeHrlink(inbox).start();
    folder = mkdtempSync(join(tmpdir(), 'load-mishaps-'));
  });
  afterEach(async () => {
    await hrlink.stop();
    await inbox.stop();
  });

  const run = (plan = 'steps: [{ level: 100, ramp: 0s, hold: 1s }]', over: Partial<RunOptions> = {}) => {
    const files = { plan: join(folder, 'plan.yaml'), profile: join(folder, 'profile.yaml') };
    writeFileSync(files.plan, `name: p\n${plan}\ndrain: 5s\n`);
    writeFileSync(files.profile, PROFILE);
    const target = { hrlink: hrlink.url, smsAdmin: inbox.url, token: 'secret', out: join(folder, 'runs') };
    return runLoad({ ...files, ...target, ...over }, MACHINE);
  };
  /** A folder whoever opens it can work with: how it ended, why, and a report. */
  const expectIntact = (path: string, state: string, words: string) => {
    const run = new RunFolder(path);
    expect(run.read('run.json').state).toBe(state);
    expect(run.read('verdict.json').word).toBe('insufficient');
    expect(readFileSync(join(path, 'report.html'), 'utf8')).toContain(words);
  };
  const unauthorised = () => {
    for (const op of HRLINK_OPERATIONS) hrlink.broken.set(op, new FakeRefusal(401, '11.006'));
  };

  it('a token that has expired before the run: one line, exit code 4', async () => {
    unauthorised();
    const { exitCode, verdict, folder: path } = await run();
    expect(exitCode).toBe(4);
    expect(verdict.reasons).toEqual([
      {
        code: 'prepare',
        detail: "HRLink does not take HR's credentials: currentUser 401 11.006: expired, revoked or wrong",
      },
    ]);
    expectIntact(path, 'prepare-failed', 'currentUser 401 11.006: expired, revoked or wrong');
  });

  it('a token that expires under load: the run ends and can be resumed, the system is not blamed', async () => {
    const {
      exitCode,
      verdict,
      folder: path,
    } = await run('steps: [{ level: 100, ramp: 0s, hold: 60s }]', {
      onProgress: (event) => {
        if (event.kind === 'load') unauthorised();
      },
    });
    expect(exitCode).toBe(130);
    const [reason] = verdict.reasons;
    expect(reason!.code).toBe('interrupted');
    expect(reason!.detail).toMatch(
      /^HRLink no longer takes the API token \(currentUser 401 11.006\): it has expired or/,
    );
    expectIntact(path, 'interrupted', 'прогон прерван: HRLink no longer takes the API token');
    expect(samplesOf(path).length).toBeLessThan(1000);
  });

  it.each([
    [90_000, 'ahead of'],
    [-90_000, 'behind'],
  ])('a clock of the SMS emulator that is off by %d ms: nothing is prepared', async (shiftMs, side) => {
    inbox.shiftMs = shiftMs;
    const { exitCode, verdict, folder: path } = await run();
    expect(exitCode).toBe(4);
    const [reason] = verdict.reasons;
    expect(reason!.detail).toMatch(
      new RegExp(
        `^clock skew: the clock of the SMS emulator is (8|9)\\d\\.\\d s ${side} this machine's, timing\\.clockSkew allows 2 s$`,
      ),
    );
    expect(hrlink.count('users.create') + hrlink.count('bulk.create')).toBe(0);
    expectIntact(path, 'prepare-failed', 'clock skew');
  });

  it('lets a clock pass that is off by less than tolerated', async () => {
    inbox.shiftMs = 1500;
    expect((await run()).exitCode).toBe(0);
  });

  it.each([
    ['operations: { send-document: { perHour: many } }', 'profile.yaml: operations.send-document.perHour: '],
    ['operations: { sign-contract: { perHour: 1 } }', 'profile.yaml: operations'],
    ['operations: {', 'profile.yaml: not valid YAML'],
  ])('a wrong profile %j: one line, no run folder', async (text, message) => {
    const profile = join(folder, 'profile.yaml');
    const given = { plan: 'smoke', hrlink: hrlink.url, smsAdmin: inbox.url, token: 't', out: join(folder, 'runs') };
    writeFileSync(profile, `name: p\n${text}\n`);
    const error = await runLoad({ ...given, profile }, MACHINE).catch((each: Error) => each);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('\n');
    expect(existsSync(join(folder, 'runs'))).toBe(false);
  });

  it('a metric of somebody else past its limit for the whole window stops the run with 99', async () => {
    const server = createServer((_request, response) => {
      response.end('{"data":{"resultType":"scalar","result":[1,"93"]}}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const prometheus = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const plan = [
      'steps: [{ level: 100, ramp: 0s, hold: 60s }]',
      `external: [{ name: cpu of hrlink, prometheus: "${prometheus}", query: cpu }]`,
      'stop: ["ext(cpu of hrlink, > 80, 1s)"]',
    ].join('\n');
    const { exitCode, verdict, folder: path } = await run(plan);
    server.closeAllConnections();
    server.close();
    expect([exitCode, verdict.word]).toEqual([99, 'failure']);
    expect(verdict.reasons[0]).toMatchObject({
      code: 'stopped',
      value: 93,
      detail: 'ext(cpu of hrlink, > 80, 1s) (ext)',
    });
    expect(new RunFolder(path).read('stops.json')[0]).toMatchObject({ kind: 'ext', value: 93 });
  });

  it.each([
    ['external: [{ name: m, sql: "select 1" }]', 'external.0: must have min or max, or be watched by a stop rule'],
    ['stop: ["ext(m, > 1, 1s)"]', 'stop: ext: no external metric is called m'],
    ['stop: ["ext(m, 1, 1s)"]', 'stop.0: 1 must be a condition such as >80'],
    ['external: [{ name: m, min: 1 }]', 'external.0: must have prometheus and query, or sql'],
  ])('a plan with %j is refused', async (extra, message) => {
    await expect(run(`steps: [{ level: 100, ramp: 0s, hold: 1s }]\n${extra}`)).rejects.toThrow(message);
  });
});
