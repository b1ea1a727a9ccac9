import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { phaseArrivals } from '../src/engine/arrivals.js';
import { hash32 } from '../src/engine/random.js';
import { LatencyHistogram } from '../src/engine/latency-histogram.js';
import { Recorder } from '../src/engine/recorder.js';
import { storeHistograms } from '../src/run-folder/checkpoint.js';
import { RunFolder } from '../src/run-folder/run-folder.js';
import { FakeHrlink } from './fake-hrlink.js';
import { FakeInbox } from './fake-inbox.js';
import { eventually, type LoadProcess, LoadProcesses, runIn, samplesOf, writeFiles } from './load-process.js';

const brokers = process.env['TEST_KAFKA_BROKERS'];
const suite = brokers === undefined ? describe.skip : describe;
const title = brokers === undefined ? ' [skipped: TEST_KAFKA_BROKERS names no broker]' : '';
const OPERATIONS = { 'send-document': 36_000, 'sign-unep': 18_000 };

const PERCENTILES = ['p50Ms', 'p90Ms', 'p95Ms', 'p99Ms'] as const;

interface Result {
  word: string;
  exitCode: number;
  folder: string;
  reasons: { code: string }[];
}

/** From 3 to 6 seconds, a pure function of the operation's ordinal: neither the run nor who sends it matters. */
const latencyMs = (number: string) => 3000 + (hash32(number.slice(0, 1) + number.slice(-7)) % 3000);
const LETTERS: Record<string, string> = { 'send-document': 'D', 'sign-unep': 'S' };

/** The most that machine, network and target have added to the latency of an operation, milliseconds. */
const noiseMs = (path: string) =>
  Math.max(
    ...samplesOf(path).map(({ operation, ordinal, planned, completed }) => {
      return completed! - planned - latencyMs(`${LETTERS[operation]}${String(ordinal).padStart(7, '0')}`);
    }),
  );
/** Width of the histogram's bucket for a latency: three significant digits, 1,024 buckets to a doubling. */
const bucketMs = (ms: number) => 2 ** (Math.floor(Math.log2(ms * 1000)) - 10) / 1000;

suite(`workers on Kafka${title}`, () => {
  let inbox: FakeInbox;
  let hrlink: FakeHrlink;
  let folder: string;
  let topics: string;
  const processes = new LoadProcesses();

  beforeEach(async () => {
    inbox = await new FakeInbox().start();
    hrlink = await new FakeHrlink(inbox).start();
    folder = mkdtempSync(join(tmpdir(), 'load-kafka-'));
    topics = `load-test-${randomUUID()}`;
  });
  afterEach(async () => {
    await processes.kill();
    await hrlink.stop();
    await inbox.stop();
  });

  const start = (...args: string[]) => processes.start(args);
  const worker = async (name: string) => {
    const started = start('worker', '--kafka', brokers!, '--topics', topics, '--name', name);
    await started.saying('waits on');
    return started;
  };
  const run = (files: string[], ...more: string[]) =>
    start('run', ...files, '--hrlink', hrlink.url, '--sms-admin', inbox.url, '--out', join(folder, 'runs'), ...more);
  const resultOf = async (process: LoadProcess): Promise<Result> => {
    await process.ended;
    if (process.out === '') throw new Error(process.err);
    return JSON.parse(process.out) as Result;
  };
  /** The plan as it was sent: what was to happen when, counted from the start of the load. */
  const arrivalsOf = (path: string) => {
    const startAt = new RunFolder(path).read('run.json').loadStartedAt!;
    const rows = samplesOf(path).map(({ operation, ordinal, step, stage, planned }) => {
      return `${operation}|${ordinal}|${step}|${stage}|${(planned - startAt).toFixed(3)}`;
    });
    return rows.sort();
  };
  const rowsOf = (path: string) =>
    new RunFolder(path).read('observations.json').flatMap(({ operations }) => operations);
  const countsOf = (path: string) =>
    rowsOf(path).map(({ operation, planned, launched, succeeded, failed }) => [
      operation,
      planned,
      launched,
      succeeded,
      failed,
    ]);
  /** The merged histograms are those of the samples, bucket by bucket. */
  const expectMerged = (path: string) => {
    const again = new Recorder();
    for (const sample of samplesOf(path)) again.record(sample);
    const key = (each: { operation: string; step: number; stage: string; kind: string }) =>
      `${each.operation}|${each.step}|${each.stage}|${each.kind}`;
    const wanted = new Map(storeHistograms(again.all()).map((each) => [key(each), each]));
    const stored = new RunFolder(path).read('histograms.json');
    expect(stored.length).toBe(wanted.size);
    for (const each of stored) {
      const whole = LatencyHistogram.decode(wanted.get(key(each))!.data);
      const merged = LatencyHistogram.decode(each.data);
      expect(each.count).toBe(wanted.get(key(each))!.count);
      for (const percent of [1, 50, 90, 95, 99, 100])
        expect(merged.percentile(percent)).toBe(whole.percentile(percent));
    }
  };

  it('give the plan, the totals and the percentiles of one process', async () => {
    hrlink.delayMs = (op, number) => {
      const isMeasured = op === 'document.sign' || (op === 'documentGroups.sendToSigning' && number.startsWith('D'));
      return isMeasured ? latencyMs(number) : 0;
    };
    const plan = 'connections: 600\nsteps: [{ level: 100, ramp: 1s, hold: 5s }, { level: 150, ramp: 1s, hold: 5s }]';
    const files = writeFiles(folder, plan, OPERATIONS);
    await Promise.all([worker('w1'), worker('w2')]);
    const together = await resultOf(run(files, '--kafka', brokers!, '--topics', topics, '--workers', '2', '--json'));
    const alone = await resultOf(run(files, '--json'));
    expect(arrivalsOf(together.folder)).toEqual(arrivalsOf(alone.folder));
    expect(countsOf(together.folder)).toEqual(countsOf(alone.folder));
    const samples = samplesOf(together.folder);
    expect(new Set(samples.map((sample) => sample.worker))).toEqual(new Set(['w1', 'w2']));
    expectMerged(together.folder);
    // Percentiles of the same latencies differ by the noise at most; without any they are equal (kafka-equivalence).
    const noise = Math.max(noiseMs(together.folder), noiseMs(alone.folder));
    const others = rowsOf(alone.folder);
    for (const [index, row] of rowsOf(together.folder).entries()) {
      const figures = PERCENTILES.map((name) => `${name} ${row[name]}/${others[index]![name]}`);
      process.stdout.write(`${row.operation}, two workers/one process: ${figures.join(', ')}\n`);
      for (const name of PERCENTILES)
        expect(Math.abs(row[name]! - others[index]![name]!)).toBeLessThanOrEqual(noise + bucketMs(row[name]!));
    }
    const clocks = new RunFolder(together.folder).read('workers.json').workers.map((each) => each.clock);
    process.stdout.write(
      `clocks: ${JSON.stringify(clocks)}; ${samples.length} operations; noise ${noise.toFixed(0)} ms\n`,
    );
    for (const { offsetMs, errorMs } of clocks) expect(Math.abs(offsetMs)).toBeLessThanOrEqual(errorMs + 5);
  }, 240_000);

  it('are replaced when one is killed in mid-hold: visible, nothing twice', async () => {
    const files = writeFiles(folder, 'steps: [{ level: 100, ramp: 1s, hold: 25s }]', OPERATIONS);
    const [, second] = await Promise.all([worker('w1'), worker('w2')]);
    const process_ = run(files, '--kafka', brokers!, '--topics', topics, '--workers', '2', '--json');
    await eventually(() => hrlink.count('documentGroups.sendToSigning') > 60, 90_000);
    await second.kill();
    const result = await resultOf(process_);
    const samples = samplesOf(result.folder);
    const phases = new RunFolder(result.folder).read('plan.json').phases;
    const rates = Object.entries(OPERATIONS).map(([operation, perHour]) => ({ operation, perHour }));
    const planned = phases.flatMap((phase) => [...phaseArrivals('poligon', rates, phases, phase.index)]);
    expect(samples.map(({ operation, ordinal }) => `${operation}|${ordinal}`).sort()).toEqual(
      planned.map(({ operation, ordinal }) => `${operation}|${ordinal}`).sort(),
    );
    const lost = samples.filter(({ cause }) => cause === 'worker w2 lost');
    const [, gone] = new RunFolder(result.folder)
      .read('workers.json')
      .workers.sort((a, b) => (a.worker < b.worker ? -1 : 1));
    expect(gone).toMatchObject({ worker: 'w2', writtenOff: lost.length, reason: expect.stringMatching(/^silent for/) });
    expect(lost.length).toBeGreaterThan(0);
    const sent = hrlink.sentNumbers.filter((number) => number.startsWith('D'));
    expect(new Set(sent).size).toBe(sent.length);
    const report = readFileSync(join(result.folder, 'report.html'), 'utf8');
    expect(report).toContain(gone!.reason);
    const after = samples.filter(({ planned: at, outcome }) => at > gone!.lostAt! + 500 && outcome === 'ok');
    expect(new Set(after.map((sample) => sample.worker))).toEqual(new Set(['w1']));
    expect(result).toMatchObject({ word: 'insufficient', exitCode: 4 });
    process.stdout.write(
      `killed: ${lost.length} of ${planned.length} written off, ${after.length} sent by the other one after ${gone!.reason}\n`,
    );
  }, 180_000);

  it('may come late, and end on SIGTERM without losing anything', async () => {
    hrlink.delayMs = (op, number) => (op === 'documentGroups.sendToSigning' && number.startsWith('D') ? 300 : 0);
    const files = writeFiles(folder, 'steps: [{ level: 100, ramp: 1s, hold: 20s }]', { 'send-document': 36_000 });
    const first = await worker('w1');
    const running = run(files, '--kafka', brokers!, '--topics', topics, '--workers', '1', '--json');
    await eventually(() => hrlink.sentNumbers.length > 30, 90_000);
    const late = await worker('w2');
    await late.saying('joined');
    const by = (name: string) =>
      samplesOf(runIn(join(folder, 'runs'))).filter((sample) => sample.worker === name).length;
    await eventually(() => by('w2') > 20, 60_000);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(first.out).toContain('worker w1 ends what it has in progress');
    const result = await resultOf(running);
    expect(result).toMatchObject({ word: 'success', exitCode: 0 });
    const samples = samplesOf(result.folder);
    expect(samples.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    expect(new Set(samples.map(({ ordinal }) => ordinal)).size).toBe(samples.length);
    const { workers, events } = new RunFolder(result.folder).read('workers.json');
    const left = workers.find((each) => each.worker === 'w1')!;
    expect(left).toMatchObject({ reason: 'left', writtenOff: 0 });
    expect(events.map(({ kind, worker: name }) => `${kind} ${name}`)).toContain('leaving w1');
    const after = samples.filter(({ planned }) => planned > left.lostAt!);
    expect(after.length).toBeGreaterThan(0);
    expect(new Set(after.map((sample) => sample.worker))).toEqual(new Set(['w2']));
    process.stdout.write(
      `late and early: w1 ${by('w1')}, w2 ${by('w2')} of ${samples.length}, ${after.length} of them after w1 had left; lost 0\n`,
    );
  }, 180_000);

  it('say in one line that no broker answers', async () => {
    const files = writeFiles(folder, 'steps: [{ level: 100, ramp: 0s, hold: 1s }]', OPERATIONS);
    const failed = await resultOf(run(files, '--kafka', '127.0.0.1:1', '--json'));
    expect(failed).toMatchObject({
      exitCode: 4,
      reasons: [{ code: 'prepare', detail: expect.stringMatching(/^--kafka: 127.0.0.1:1: /) }],
    });
  }, 60_000);
});
