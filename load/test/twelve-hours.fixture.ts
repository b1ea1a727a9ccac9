import { createWriteStream, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import type { Sample } from '../src/engine/sample.js';
import { totalMs } from '../src/engine/timeline.js';
import { Recorder } from '../src/engine/recorder.js';
import { RunFolder } from '../src/run-folder/run-folder.js';
import { loadProfileSchema } from '../src/profiles/load-profile.schema.js';
import { planSchema } from '../src/profiles/plan.schema.js';
import { layOut } from '../src/engine/timeline.js';
import { demandsOf, observeHolds } from '../src/verdict/observe-run.js';
import { judgeRun } from '../src/verdict/judge-run.js';
import { reportModel } from './report-model.fixture.js';

const OPERATIONS = ['send-document', 'send-lna', 'application-unep', 'issue-unep', 'sign-unep'] as const;
const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 0, 15, 6);
const LINES_PER_WRITE = 2000;

/** Numbers that look like chance and are the same every time. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}

/**
 * Writes a finished run of twelve hours with `count` samples, generator health, sessions of a database and metrics, as
 * a real one leaves them. Latency of `sign-unep` and memory of the system drift upwards.
 */
export async function writeTwelveHours(path: string, count: number): Promise<RunFolder> {
  const folder = new RunFolder(path);
  mkdirSync(folder.file('observed'), { recursive: true });
  const profile = loadProfileSchema.parse({
    name: 'twelve',
    operations: Object.fromEntries(
      OPERATIONS.map((id) => [id, { perHour: Math.round(count / 12.3 / 5), sla: { percentile: 95, limit: '5s' } }]),
    ),
  });
  const plan = planSchema.parse({
    name: 'reliability',
    steps: [{ level: 100, ramp: '20m', hold: '12h', settle: '2m' }],
  });
  const phases = layOut([{ levelPercent: 100, rampMs: 1_200_000, holdMs: 12 * HOUR_MS, settleMs: 120_000 }], 0);
  const total = Math.floor(count / OPERATIONS.length);
  const operations = OPERATIONS.map((operation) => ({
    operation,
    perHour: profile.operations[operation]!.perHour,
    needed: total,
    total,
    byStep: { 1: { ramp: 0, settle: 0, hold: total } },
  }));
  const planned = { plan, profile, seed: 's', timeScale: 1, phases, operations };
  const recorder = await writeSamples(folder, count, totalMs(phases));
  const reading = {
    ...reportModel().holds[0]!,
    startedAt: START + 1_320_000,
    finishedAt: START + totalMs(phases),
    judgedMs: 12 * HOUR_MS - 120_000,
    ended: count,
    meanInFlight: 90,
  };
  for (const { operation, byStep } of operations) {
    const { ok, failed } = recorder.cell(operation, 1, 'hold').counts;
    byStep[1].hold = ok + failed;
  }
  const holds = observeHolds(planned, [reading], recorder);
  for (const hold of holds) hold.meanInFlight = hold.expectedInFlight;
  const model = reportModel();
  folder.write('run.json', { ...model.record, loadStartedAt: START, finishedAt: START + totalMs(phases) });
  folder.write('plan.json', planned);
  folder.write('observations.json', holds);
  folder.write('verdict.json', judgeRun(holds, demandsOf(planned), { isInterrupted: false }));
  folder.write('calls.json', model.calls);
  folder.write('annotations.json', model.annotations);
  await writeBeside(folder, totalMs(phases));
  return folder;
}

async function writeSamples(folder: RunFolder, count: number, lengthMs: number): Promise<Recorder> {
  const random = sequence(7);
  const recorder = new Recorder();
  await writeLines(folder.file('samples.ndjson'), count, (index) => {
    const planned = START + (index / count) * lengthMs;
    const operation = OPERATIONS[index % OPERATIONS.length]!;
    const drift = operation === 'sign-unep' ? 1 + index / count : 1;
    const latencyMs = 200 * drift * Math.exp(random() + random() + random());
    const isFailed = random() < 0.002;
    const sample: Sample = {
      operation,
      ordinal: Math.floor(index / OPERATIONS.length),
      step: 1,
      stage: planned - START < 1_200_000 ? 'ramp' : planned - START < 1_320_000 ? 'settle' : 'hold',
      planned,
      outcome: isFailed ? 'failed' : 'ok',
      started: planned + random(),
      accepted: planned + latencyMs / 2,
      ...(isFailed ? { cause: 'document.sign 503 90.503' } : {}),
      traceId: `${index.toString(16).padStart(8, '0')}5c3e9d0b7a1f4e2d8c6b0a9f`,
      subject: `person:${1000 + (index % 20_000)}`,
      completed: planned + latencyMs,
    };
    recorder.record(sample);
    return sample;
  });
  return recorder;
}

async function writeBeside(folder: RunFolder, lengthMs: number): Promise<void> {
  const seconds = Math.floor(lengthMs / 1000);
  await writeLines(folder.file('health.ndjson'), seconds, (second) => ({
    at: START + second * 1000,
    cpuPercent: 20 + (second % 7),
    eventLoopUtilisation: 0.2,
    rssMb: 180,
    inFlight: 90,
    launched: second * 90,
    dropped: 0,
  }));
  await writeLines(folder.file('observed/sessions.ndjson'), seconds, (second) => ({
    at: START + second * 1000,
    ...(second > 1320 ? { step: 1 } : {}),
    active: { CPU: 2, IO: 1 },
    events: { 'IO:DataFileRead': 1 },
    queries: { '123 CPU': 2, '124 IO': 1 },
    idleInTransaction: 1,
    idle: 6,
    total: 10,
  }));
  const names = ['hrlink: RSS', 'hrlink: CPU', 'hrlink: work in progress: signing'];
  const define = (name: string) => ({ name, source: 'hrlink', layer: 'application', role: 'memory', unit: 'MiB' });
  await writeLines(folder.file('observed/metrics.ndjson'), names.length + seconds / 5, (index) => {
    if (index < names.length) return { define: define(names[index]!) };
    return {
      at: START + (index - names.length) * 5000,
      values: Object.fromEntries(names.map((name) => [name, 500 + index / 20])),
    };
  });
}

async function writeLines(path: string, count: number, line: (index: number) => unknown): Promise<void> {
  const stream = createWriteStream(path);
  let text = '';
  for (let index = 0; index < count; index += 1) {
    text += `${JSON.stringify(line(index))}\n`;
    if (index % LINES_PER_WRITE !== LINES_PER_WRITE - 1) continue;
    if (!stream.write(text)) await once(stream, 'drain');
    text = '';
  }
  stream.end(text);
  await once(stream, 'close');
}
