import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { ConfigError } from '../profiles/read-yaml-file.js';
import type { HealthLine, RunRecord } from '../run-folder/run-files.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import type { VerdictWord } from '../verdict/verdict.js';

/** A running load writes a health line every second; silence this long means that its process has ended. */
const SILENT_AFTER_MS = 15_000;
const TAIL_BYTES = 4096;

/** What `load status` tells of a run. Times are epoch milliseconds. */
export interface RunStatus {
  id: string;
  folder: string;
  /** `dead`: it was running or preparing and nothing is heard of it; `resume` goes on with it. */
  state: RunRecord['state'] | 'dead';
  plan: string;
  target: string;
  createdAt: number;
  loadStartedAt?: number;
  finishedAt?: number;
  /** Last second of the generator. */
  health?: HealthLine;
  /** Phase being sent, or the last one. */
  phase?: { step: number; kind: 'ramp' | 'hold'; levelPercent: number };
  /** Judged holds of a search so far, or verdicts of a finished run. */
  steps: { step: number; levelPercent: number; word: VerdictWord }[];
  holdsDone: number;
  word?: VerdictWord;
  exitCode?: number;
  workers?: { joined: number; lost: number };
}

/** Reads how a run stands from its folder alone. Throws ConfigError when there is none. */
export function readStatus(folder: RunFolder, nowMs: number): RunStatus {
  for (const name of ['run.json', 'plan.json'] as const) {
    if (!folder.has(name)) throw new ConfigError(`${folder.path}: not a run folder, ${name} is missing`);
  }
  const record = folder.read('run.json');
  const planned = folder.read('plan.json');
  const health = lastHealth(folder);
  const startAt = record.loadStartedAt;
  const atMs = health && startAt !== undefined ? health.at - startAt : undefined;
  const phase = planned.phases.findLast((each) => atMs !== undefined && each.startMs <= atMs);
  const { id, target, createdAt, loadStartedAt, finishedAt } = record;
  return {
    ...{ id, folder: folder.path, state: stateOf(record, health, nowMs), plan: planned.plan.name, target },
    ...{ createdAt, loadStartedAt, finishedAt, health },
    phase: phase && { step: phase.step, kind: phase.kind, levelPercent: phase.toPercent },
    holdsDone: folder.has('readings.json') ? folder.read('readings.json').length : 0,
    ...verdictsOf(folder),
    workers: workersOf(folder),
  };
}

function stateOf(record: RunRecord, health: HealthLine | undefined, nowMs: number): RunStatus['state'] {
  if (record.state !== 'running') return record.state;
  const heardAt = health?.at ?? record.loadStartedAt ?? record.createdAt;
  return nowMs - heardAt > SILENT_AFTER_MS ? 'dead' : 'running';
}

function verdictsOf(folder: RunFolder): Pick<RunStatus, 'steps' | 'word' | 'exitCode'> {
  if (folder.has('verdict.json')) {
    const { word, exitCode, holds } = folder.read('verdict.json');
    return {
      word,
      exitCode,
      steps: holds.map(({ step, levelPercent, word: each }) => ({ step, levelPercent, word: each })),
    };
  }
  const searched = folder.has('search.json') ? folder.read('search.json').steps : [];
  return { steps: searched.map(({ step, levelPercent, word }) => ({ step, levelPercent, word })) };
}

function workersOf(folder: RunFolder): RunStatus['workers'] {
  if (!folder.has('workers.json')) return undefined;
  const { workers } = folder.read('workers.json');
  return { joined: workers.length, lost: workers.filter(({ lostAt }) => lostAt !== undefined).length };
}

/** The last whole line of health.ndjson. */
function lastHealth(folder: RunFolder): HealthLine | undefined {
  if (!folder.has('health.ndjson')) return undefined;
  const file = openSync(folder.file('health.ndjson'), 'r');
  try {
    const { size } = fstatSync(file);
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(file, tail, 0, tail.length, size - tail.length);
    const whole = tail.toString('utf8').split('\n').slice(0, -1).at(-1);
    return whole ? (JSON.parse(whole) as HealthLine) : undefined;
  } finally {
    closeSync(file);
  }
}
