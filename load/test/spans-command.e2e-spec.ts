import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../src/cli/program.js';
import { RunFolder } from '../src/run-folder/run-folder.js';
import { runLoad } from '../src/run-load.js';
import { SystemClock } from '../src/runtime/system-clock.js';
import { FakeHrlink } from './fake-hrlink.js';
import { FakeInbox } from './fake-inbox.js';
import { samplesOf } from './load-process.js';

const PLAN = `name: tiny
steps: [{ level: 100, ramp: 100ms, hold: 900ms }]
drain: 20s
`;
/** An employee for every operation: a row then belongs to one of them without doubt. */
const PROFILE = `name: tiny
operations: { sign-unep: { perHour: 24000, sla: { percentile: 95, limit: 5m } } }
data: { signers: 8, organisations: 1, lnaRecipients: 2, pdfKilobytes: 2, signatureSampleShare: 1 }
timing: { pollInterval: 20ms, pollTimeout: 20s, otpTimeout: 20s }
`;
const MACHINE = {
  clock: new SystemClock(),
  probe: () => ({ read: () => ({ cpuPercent: 5, eventLoopUtilisation: 0.05, rssMb: 100 }) }),
};

describe('load spans', () => {
  let folder: string;
  let run: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'load-spans-'));
    const inbox = await new FakeInbox().start();
    const hrlink = await new FakeHrlink(inbox).start();
    const [plan, profile] = [join(folder, 'plan.yaml'), join(folder, 'profile.yaml')];
    writeFileSync(plan, PLAN);
    writeFileSync(profile, PROFILE);
    const traces = { listen: '127.0.0.1:0' };
    const out = join(folder, 'runs');
    const options = { plan, profile, hrlink: hrlink.url, smsAdmin: inbox.url, token: 'secret', out, traces };
    run = (await runLoad(options, MACHINE)).folder;
    await hrlink.stop();
    await inbox.stop();
  });

  async function load(...args: string[]) {
    const written = { out: '', err: '' };
    const stream = (name: 'out' | 'err') =>
      ({ isTTY: false, write: (text: string) => (written[name] += text) !== '' }) as unknown as NodeJS.WriteStream;
    const terminal = { environment: {}, out: stream('out'), err: stream('err') };
    const exitCode = await runCommandLine(['node', 'load', 'spans', ...args], terminal);
    return { exitCode, ...written };
  }
  const kept = () => new RunFolder(run).read('traces.json').kept;
  const page = (path: string) => readFileSync(path, 'utf8');

  it('puts rows of a database into the operations of their employees, their critical paths and the report', async () => {
    const before = kept();
    // Most of an operation: a part of it is spent waiting for the code, where work of the system shows.
    const rows = samplesOf(run).map(({ started, completed, subject }) => {
      const tenthMs = (completed! - started!) / 10;
      const [from, to] = [started! + tenthMs, completed! - tenthMs];
      // As PostgreSQL prints a timestamp without a zone.
      const printed = [from, to].map((ms) => new Date(ms).toISOString().replace('T', ' ').replace('Z', ''));
      return `${printed.join(';')};${subject!};"UPDATE ""document"""`;
    });
    const file = join(folder, 'events.csv');
    writeFileSync(file, ['created_at;done_at;person;statement', ...rows, ''].join('\n'));
    const columns = ['start=created_at', 'end=done_at', 'subject=person', 'name=statement'];
    const options = columns.flatMap((column) => ['--column', column]);
    const { exitCode, out, err } = await load(run, file, '--database', '--lang', 'en', ...options);
    expect([exitCode, err]).toEqual([0, '']);
    const [, spans, matched, traces, report] =
      /^(\d+) spans, (\d+) matched to operations, (\d+) kept traces extended\n(.*)\n$/.exec(out) ?? [];
    expect(Number(spans)).toBe(rows.length);
    expect(Number(matched)).toBeGreaterThan(0);
    expect(Number(traces)).toBeGreaterThan(0);
    const after = kept();
    expect(after.length).toBe(before.length);
    const extended = after.filter((trace) => trace.spans.some(({ name }) => name === 'UPDATE "document"'));
    expect(extended).toHaveLength(Number(traces));
    for (const { parts, durationMs } of after) {
      const sum = Object.values(parts).reduce((all, ms) => all + ms, 0);
      expect(Math.abs(sum - durationMs)).toBeLessThanOrEqual(durationMs * 0.02);
    }
    expect(extended.some(({ parts }) => parts['database']! > 0)).toBe(true);
    expect(page(report!)).toContain('UPDATE &quot;document&quot;');
  });

  it.each([
    ['end,name\n1,2\n', [], 'events.csv: line 1: column start is required'],
    ['start,end\n5,1\n', [], 'events.csv: line 2: end must not be before start'],
    ['start,end\n1,2\n', ['--column', 'begin=start'], '--column: must look like start=created_at'],
  ])('refuses %j %j with one line and leaves the run as it was', async (text, options, message) => {
    const before = page(join(run, 'traces.json'));
    writeFileSync(join(folder, 'events.csv'), text);
    const { exitCode, out, err } = await load(run, join(folder, 'events.csv'), ...options);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(page(join(run, 'traces.json'))).toBe(before);
  });
});
