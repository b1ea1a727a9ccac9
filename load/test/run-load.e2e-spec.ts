import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sample } from '../src/engine/sample.js';
import { writeReports } from '../src/report/write-reports.js';
import { RunFolder } from '../src/run-folder/run-folder.js';
import { resumeLoad, runLoad } from '../src/run-load.js';
import type { RunOptions } from '../src/run-options.js';
import { SystemClock } from '../src/runtime/system-clock.js';
import { FakeHrlink, FakeRefusal } from './fake-hrlink.js';
import { FakeInbox } from './fake-inbox.js';

const OPERATIONS = ['send-document', 'send-lna', 'application-unep', 'issue-unep', 'sign-unep'];
const PLAN = `name: tiny
steps: [{ level: 100, ramp: 100ms, hold: 900ms }]
maxInFlight: 200
connections: 32
drain: 25s
checkpointEvery: 300ms
`;
const profileText = (extra = '') => `name: tiny
operations:
${OPERATIONS.map((id) => `  ${id}: { perHour: 24000, sla: { percentile: 95, limit: 5m } }`).join('\n')}
data: { signers: 3, organisations: 2, lnaRecipients: 2, pdfKilobytes: 2, remoteShare: 0.5, signatureSampleShare: 1${extra} }
timing: { pollInterval: 20ms, pollTimeout: 20s, otpTimeout: 20s }
`;

/** The fakes share this process: what it uses of the CPU says nothing about a generator. */
const MACHINE = {
  clock: new SystemClock(),
  probe: () => ({ read: () => ({ cpuPercent: 5, eventLoopUtilisation: 0.05, rssMb: 100 }) }),
};
const load = (options: RunOptions) => runLoad(options, MACHINE);

describe('a whole run', () => {
  let inbox: FakeInbox;
  let hrlink: FakeHrlink;
  let folder: string;

  beforeEach(async () => {
    inbox = await new FakeInbox().start();
    hrlink = await new FakeHrlink(inbox).start();
    folder = mkdtempSync(join(tmpdir(), 'load-'));
  });
  afterEach(async () => {
    await hrlink.stop();
    await inbox.stop();
  });

  const options = (over: Partial<RunOptions> = {}): RunOptions => {
    const plan = join(folder, 'tiny.yaml');
    const profile = join(folder, 'profile.yaml');
    writeFileSync(plan, PLAN);
    writeFileSync(profile, profileText());
    return {
      plan,
      profile,
      hrlink: hrlink.url,
      smsAdmin: inbox.url,
      token: 'secret',
      out: join(folder, 'runs'),
      ...over,
    };
  };
  const samplesOf = (run: string) =>
    readFileSync(join(run, 'samples.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Sample);

  it('completes every planned operation of all five scenarios, measured, traced and reported', async () => {
    inbox.rules = [{ id: 'r1', fault: 'latency', operations: ['smsc.*'], note: 'slow' }];
    const result = await load(options({ admins: [{ name: 'onec', url: inbox.url }] }));
    expect(result.verdict.reasons).toEqual([]);
    expect(result).toMatchObject({ exitCode: 0, verdict: { word: 'success', reasons: [] } });
    expect(result.holds[0]!.operations.map((row) => [row.operation, row.planned, row.succeeded])).toEqual(
      OPERATIONS.map((id) => [id, 6, 6]),
    );
    const samples = samplesOf(result.folder);
    for (const sample of samples) {
      expect(sample.outcome).toBe('ok');
      expect(sample.started!).toBeGreaterThanOrEqual(sample.planned);
      expect(sample.accepted!).toBeGreaterThanOrEqual(sample.started!);
      expect(sample.completed!).toBeGreaterThanOrEqual(sample.accepted!);
      expect(sample.traceId).toMatch(/^[0-9a-f]{32}$/);
      if (sample.operation !== 'send-lna') expect(sample.subject).toMatch(/^person:\d+$/);
    }
    expect(new Set(samples.map((sample) => sample.traceId)).size).toBe(samples.length);
    const signing = hrlink.calls.find((call) => call.op === 'document.sign')!;
    expect(signing.cookie).toMatch(/^sessionId=/);
    expect(signing.token).toBeUndefined();
    expect(samples.some((sample) => signing.traceparent!.includes(sample.traceId!))).toBe(true);
    expect(hrlink.count('esia.callback')).toBeGreaterThan(0);
    expect(readdirSync(join(result.folder, 'checkpoints')).length).toBeGreaterThan(1);
    const run = new RunFolder(result.folder);
    expect(run.read('run.json')).toMatchObject({ state: 'finished', signatures: { taken: 0 } });
    expect(run.read('run.json').signatures!.notAvailable).toBeGreaterThan(0);
    expect(run.read('annotations.json').onec).toEqual({
      configured: true,
      jobs: [{ name: 'sync', runs: 0, failed: 0 }],
    });
    expect(run.read('annotations.json').faults[0]).toMatchObject({
      service: 'sms',
      moment: 'start',
      rules: [{ id: 'r1' }],
    });
    expect(JSON.stringify(readdirSync(result.folder).map((name) => name))).not.toContain('.part');
    for (const file of ['run.json', 'plan.json', 'profile.yaml']) {
      expect(readFileSync(join(result.folder, file), 'utf8')).not.toContain('secret');
    }
    const before = readFileSync(result.report, 'utf8');
    const reports = await writeReports(run);
    expect(readFileSync(reports.ru, 'utf8')).toBe(before);
  });

  it('walks through the Kontur style with the CA sending the code on demand', async () => {
    await hrlink.stop();
    hrlink = await new FakeHrlink(inbox, 'kontur').start();
    const result = await load(options());
    expect(result.verdict.reasons).toEqual([]);
    expect(hrlink.count('nqes.sendCode')).toBeGreaterThan(0);
    expect(hrlink.count('nqes.accept')).toBe(0);
  });

  it('names the failed operation and its cause, and exits with 99', async () => {
    hrlink.broken.set('lna.create', new FakeRefusal(503, '90.503'));
    const result = await load(options());
    expect(result.exitCode).toBe(99);
    expect(result.verdict.reasons).toMatchObject([
      { code: 'errors', operation: 'send-lna', value: 100 },
      { code: 'no-data', operation: 'send-lna' },
    ]);
    const failed = samplesOf(result.folder).find((sample) => sample.outcome === 'failed')!;
    expect(failed).toMatchObject({ operation: 'send-lna', cause: 'lna.create 503 90.503' });
    expect(readFileSync(result.report, 'utf8')).toContain('lna.create 503 90.503');
  });

  it('carries applications on until their document flow is finished when the profile says so', async () => {
    const given = options();
    writeFileSync(given.profile!, profileText(', processApplications: true'));
    const result = await load(given);
    expect(result.verdict.reasons).toEqual([]);
    const created = hrlink.count('applicationGroups.create');
    expect(created).toBeGreaterThan(0);
    expect(hrlink.count('application.takeResponsibility')).toBe(created);
    expect(hrlink.count('application.process')).toBe(created);
  });

  it('logs an employee in again when the session has ended', async () => {
    hrlink.refusals.push({ op: 'document.get', refusal: new FakeRefusal(401, '11.006') });
    const result = await load(options());
    expect(result.exitCode).toBe(0);
  });

  it('ends with 4 and a report when the preparation is refused', async () => {
    hrlink.refusals.push({ op: 'bulk.create', refusal: new FakeRefusal(403, '10.000') });
    const result = await load(options());
    expect(result).toMatchObject({ exitCode: 4, verdict: { word: 'insufficient', reasons: [{ code: 'prepare' }] } });
    expect(readFileSync(result.report, 'utf8')).toContain('bulk.create 403 10.000');
  });

  it('ends with 4 when HRLink cannot be reached', async () => {
    const result = await load(options({ hrlink: 'http://127.0.0.1:1' }));
    expect(result).toMatchObject({ exitCode: 4 });
    expect(result.verdict.reasons[0]!.detail).toContain('currentUser net ECONNREFUSED');
  });

  it('keeps the folder and exits with 130 when interrupted', async () => {
    const interrupt = new AbortController();
    const result = await load({
      ...options({ signal: interrupt.signal }),
      onProgress: (event) => {
        if (event.kind === 'load') interrupt.abort();
      },
    });
    expect(result.exitCode).toBe(130);
    expect(new RunFolder(result.folder).read('run.json').state).toBe('interrupted');
    expect(readFileSync(result.report, 'utf8')).toContain('прогон прерван');
  });

  it('ends with one line when the disk is full, leaving the folder readable', async () => {
    const given = options();
    let run = '';
    const broken = load({
      ...given,
      onProgress: (event) => {
        if (event.kind === 'created') {
          run = event.folder;
          symlinkSync('/dev/full', join(run, 'samples.ndjson'));
        }
      },
    });
    await expect(broken).rejects.toThrow(/^run folder: ENOSPC[^\n]*$/);
    expect(new RunFolder(run).read('plan.json').plan.name).toBe('tiny');
    expect(new RunFolder(run).read('run.json').state).toBe('running');
  });

  it('breaks the run off when a stop rule fires, with the code of the rule', async () => {
    hrlink.broken.set('lna.create', new FakeRefusal(503, '90.503'));
    const plan = join(folder, 'stop.yaml');
    writeFileSync(plan, `${PLAN.replace('900ms', '60s')}stop: ["http(5xx, 50%, 1s)@send-lna"]\n`);
    const result = await load({ ...options(), plan });
    expect(result).toMatchObject({
      exitCode: 22,
      verdict: { word: 'failure', reasons: [{ code: 'stopped', value: 100 }] },
    });
    const [fired] = new RunFolder(result.folder).read('stops.json');
    expect(fired).toMatchObject({ kind: 'http', action: 'stop', step: 1 });
    const planned = new RunFolder(result.folder).read('plan.json');
    expect(planned.phases.at(-1)!.cutMs).toBeLessThan(60_000);
    expect(readFileSync(result.report, 'utf8')).toContain('сработало правило остановки http(5xx, 50%, 1s)@send-lna');
  });

  it('goes on from the folder of a killed run: lost operations counted once, the broken hold repeated', async () => {
    const killed = join(folder, 'killed');
    const interrupt = new AbortController();
    const plan = join(folder, 'two.yaml');
    writeFileSync(
      plan,
      PLAN.replace(
        '[{ level: 100, ramp: 100ms, hold: 900ms }]',
        '[{ level: 100, ramp: 0s, hold: 1s }, { level: 120, ramp: 0s, hold: 5s }]',
      ),
    );
    const first = await load({
      ...options({ signal: interrupt.signal }),
      plan,
      onProgress: (event) => {
        if (event.kind !== 'load' || event.step !== 2 || interrupt.signal.aborted) return;
        const run = readdirSync(join(folder, 'runs'))[0]!;
        if (!new RunFolder(join(folder, 'runs', run)).has('readings.json')) return;
        cpSync(join(folder, 'runs', run), killed, { recursive: true });
        writeFileSync(join(killed, 'samples.ndjson'), '{"operation":"se', { flag: 'a' });
        interrupt.abort();
      },
    });
    expect(first.exitCode).toBe(130);
    const result = await resumeLoad(killed, { token: 'secret' }, MACHINE);
    expect(result).toMatchObject({ exitCode: 0, verdict: { word: 'success' } });
    expect(result.holds.map(({ step, levelPercent }) => [step, levelPercent])).toEqual([
      [1, 100],
      [3, 120],
    ]);
    const samples = samplesOf(killed);
    const keys = samples.map(({ operation, ordinal }) => `${operation}|${ordinal}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(samples.filter(({ outcome }) => outcome === 'lost').every(({ step }) => step === 2)).toBe(true);
    expect(new RunFolder(killed).read('run.json')).toMatchObject({
      state: 'finished',
      resumedAt: [expect.any(Number)],
    });
    await expect(resumeLoad(killed, { token: 'secret' }, MACHINE)).rejects.toThrow('nothing to resume');
  });
});
