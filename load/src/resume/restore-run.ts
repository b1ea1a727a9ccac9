import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { loadProfile } from '@poligon/hrlink-api';
import { Population } from '@poligon/people';
import { phaseArrivals, plannedTotal } from '../engine/arrivals.js';
import type { HoldReading } from '../engine/load-engine.js';
import { Recorder } from '../engine/recorder.js';
import type { Sample } from '../engine/sample.js';
import type { Phase } from '../engine/timeline.js';
import { appendStep, sentMs, stageAt } from '../engine/timeline.js';
import { readFeeds } from '../feeders/read-feeds.js';
import { ConfigError } from '../profiles/read-yaml-file.js';
import { ndjsonLines } from '../report/ndjson-lines.js';
import type { ResolvedRun } from '../resolve-run.js';
import { freshPlace, recount, stepsOf } from '../resolve-run.js';
import type { HealthLine, PlannedRun, RunRecord } from '../run-folder/run-files.js';
import { NdjsonWriter } from '../run-folder/run-folder.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import { forecastSearch } from '../search/search-course.js';
import type { SearchedStep } from '../search/max-search.js';

/** What earlier lives of a run have left. */
export interface PastRun {
  isResumed: boolean;
  recorder: Recorder;
  readings: HoldReading[];
  judged: readonly SearchedStep[];
  ordinalBase: Record<string, number>;
}

const NEWLINE = 0x0a;

export function nothingPast(): PastRun {
  return { isResumed: false, recorder: new Recorder(), readings: [], judged: [], ordinalBase: {} };
}

/** Short text, different for every life of every run. */
export function tagOf(epochMs: number): string {
  return Math.floor(epochMs / 1000).toString(36);
}

/**
 * Reads a run that was killed or interrupted. Arrivals planned until its last sign of life that left no sample were in
 * flight or never sent: they are appended as lost, so that every planned arrival has exactly one sample. Throws
 * ConfigError when there is no run in the folder, or one that ended by itself.
 */
export async function restoreRun(folder: RunFolder, nowMs: number) {
  for (const name of ['run.json', 'plan.json', 'profile.yaml'] as const) {
    if (!folder.has(name)) throw new ConfigError(`${folder.path}: not a run folder, ${name} is missing`);
  }
  const record = folder.read('run.json');
  if (record.state === 'finished') throw new ConfigError(`${folder.path}: the run has finished, nothing to resume`);
  const run = resolvedFrom(folder, record);
  const recorder = new Recorder();
  const readings = folder.has('readings.json') ? folder.read('readings.json') : [];
  if (record.loadStartedAt !== undefined) {
    const diedMs = (await lastSign(folder, record.loadStartedAt)) - record.loadStartedAt;
    cutAt(run.phases, diedMs);
    await replay(folder, run, { recorder, startAt: record.loadStartedAt });
  } else run.phases.splice(0);
  recount(run);
  const rest = restOf(run, readings.length);
  for (const rate of run.operations) rate.needed = plannedTotal(rate.perHour, rest);
  const ordinalBase = Object.fromEntries(
    run.operations.map(({ operation, perHour }) => [operation, plannedTotal(perHour, run.phases)]),
  );
  record.tag = tagOf(nowMs);
  record.freshFrom = freshPlace(run, nowMs);
  record.resumedAt = [...(record.resumedAt ?? []), nowMs];
  const judged = folder.has('search.json') ? folder.read('search.json').steps : [];
  const past: PastRun = { isResumed: true, recorder, readings, judged, ordinalBase };
  return { run, record, past };
}

/** Appends the steps a plan still has to do to the phases of a resumed run, from `atMs` after the start of the load. */
export function appendRest(run: PlannedRun, holdsDone: number, atMs: number): void {
  let from: { fromPercent: number; atMs?: number } = { fromPercent: run.plan.startPercent, atMs };
  for (const step of stepsOf(run.plan, run.reliability).slice(holdsDone)) {
    appendStep(run.phases, step, from);
    from = { fromPercent: step.levelPercent };
  }
}

function restOf(run: PlannedRun, holdsDone: number): Phase[] {
  if (run.plan.search) return forecastSearch(run.plan.search);
  const rest = { ...run, phases: [] };
  appendRest(rest, holdsDone, 0);
  return rest.phases;
}

function resolvedFrom(folder: RunFolder, record: RunRecord): ResolvedRun {
  const planned = folder.read('plan.json');
  // Runs of earlier versions know of no feeders.
  const profile = { ...planned.profile, data: Object.assign({ feeders: {} }, planned.profile.data) };
  return {
    ...planned,
    profile,
    profileText: folder.readText('profile.yaml'),
    hrlinkProfile: loadProfile(record.access.hrlinkProfile),
    population: new Population(),
    feeds: readFeeds(profile, planned.seed),
    forecast: planned.phases,
  };
}

/** Epoch milliseconds of the last thing the run has written. */
async function lastSign(folder: RunFolder, startAt: number): Promise<number> {
  let last = startAt;
  for (const name of ['health.ndjson', 'samples.ndjson']) {
    if (!folder.has(name)) continue;
    dropTornLine(folder.file(name));
    for await (const line of ndjsonLines<Partial<HealthLine & Sample>>(folder.file(name))) {
      last = Math.max(last, line.at ?? line.completed ?? line.planned ?? 0);
    }
  }
  return last;
}

/** A killed process may leave half a line; what is appended next must not join it. */
function dropTornLine(path: string): void {
  const file = openSync(path, 'r+');
  try {
    const { size } = fstatSync(file);
    const tail = Buffer.alloc(Math.min(size, 65_536));
    readSync(file, tail, 0, tail.length, size - tail.length);
    ftruncateSync(file, size - (tail.length - 1 - tail.lastIndexOf(NEWLINE)));
  } finally {
    closeSync(file);
  }
}

function cutAt(phases: Phase[], diedMs: number): void {
  const begun = phases.filter((phase) => phase.startMs < diedMs).length;
  phases.splice(begun);
  const last = phases.at(-1);
  if (last && last.startMs + sentMs(last) > diedMs) last.cutMs = diedMs - last.startMs;
}

async function replay(folder: RunFolder, run: PlannedRun, to: { recorder: Recorder; startAt: number }): Promise<void> {
  const known = new Set<string>();
  if (folder.has('samples.ndjson')) {
    for await (const sample of ndjsonLines<Sample>(folder.file('samples.ndjson'))) {
      known.add(`${sample.operation}|${sample.ordinal}`);
      to.recorder.record(sample);
    }
  }
  const writer = new NdjsonWriter<Sample>(folder.file('samples.ndjson'));
  for (const phase of run.phases) {
    for (const arrival of phaseArrivals(run.seed, run.operations, run.phases, phase.index)) {
      const { operation, ordinal, offsetMs } = arrival;
      if (offsetMs >= sentMs(phase) || known.has(`${operation}|${ordinal}`)) continue;
      const planned = to.startAt + phase.startMs + offsetMs;
      const place = { step: phase.step, stage: stageAt(phase, offsetMs) };
      const sample: Sample = { operation, ordinal, ...place, planned, outcome: 'lost', cause: 'process ended' };
      to.recorder.record(sample);
      writer.write(sample);
    }
  }
  await writer.close();
}
