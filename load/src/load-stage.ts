import { LoadEngine } from './engine/load-engine.js';
import type { EngineResult } from './engine/load-engine.js';
import type { Sample } from './engine/sample.js';
import type { Course } from './engine/course.js';
import type { HoldReading } from './engine/load-engine.js';
import type { Recorder } from './engine/recorder.js';
import { totalMs } from './engine/timeline.js';
import type { ResolvedRun } from './resolve-run.js';
import { storeHistograms, writeCheckpoint } from './run-folder/checkpoint.js';
import type { HealthLine } from './run-folder/run-files.js';
import type { RunFolder } from './run-folder/run-folder.js';
import { NdjsonWriter } from './run-folder/run-folder.js';
import type { LiveRow, ProgressEvent } from './run-options.js';
import type { Stop } from './stop-rules/stop-watch.js';
import { StopWatch } from './stop-rules/stop-watch.js';
import type { Machine } from './runtime/machine.js';
import { OperationRunner } from './scenarios/operation-runner.js';
import type { Workshop } from './scenarios/operation-runner.js';
import type { World } from './scenarios/world.js';

const HEALTH_PERIOD_MS = 1000;

export interface StageOptions {
  run: ResolvedRun;
  folder: RunFolder;
  workshop: Workshop;
  world: World;
  machine: Machine;
  startAt: number;
  signal: AbortSignal;
  course: Course;
  /** Shared with the course, which judges by it. */
  recorder: Recorder;
  /** First phase to run; earlier ones belong to the time before an interruption. */
  firstPhase: number;
  /** Called with every hold that has ended. */
  onHold: (reading: HoldReading) => void;
  onProgress(event: ProgressEvent): void;
}

export interface StageResult extends EngineResult {
  engine: LoadEngine;
  /** Stop rules that fired. */
  stops: Stop[];
}

/** Runs the load itself; samples, health lines and checkpoints reach the run folder while it goes on. */
export async function runLoadStage(options: StageOptions): Promise<StageResult> {
  const { run, folder, workshop, world, machine, startAt, signal } = options;
  const storage = new AbortController();
  const fail = (error: unknown) => storage.abort(error);
  const samples = new NdjsonWriter<Sample>(folder.file('samples.ndjson'), fail);
  const health = new NdjsonWriter<HealthLine>(folder.file('health.ndjson'), fail);
  const kept: Promise<void>[] = [];
  const stopWatch = new StopWatch(run.plan.stop);
  const engine = new LoadEngine({
    ...machine,
    seed: run.seed,
    rates: run.operations,
    course: options.course,
    recorder: options.recorder,
    firstPhase: options.firstPhase,
    restMs: run.plan.search?.rest,
    startAt,
    maxInFlight: run.plan.maxInFlight,
    drainMs: run.plan.drain,
    execute: new OperationRunner(workshop, world).execute,
    sink: {
      write: (sample) => {
        samples.write(sample);
        stopWatch.add(sample, machine.clock.now());
      },
    },
    signal: AbortSignal.any([signal, storage.signal]),
    onHold: (reading) => {
      // A hold counts as done only with its samples on disk: a killed run is judged by them when it is resumed.
      kept.push(samples.flush().then(() => guarded(options.onHold, fail)(reading)));
    },
  });
  const stops: Stop[] = [];
  const onHealth = (line: HealthLine) => {
    const { phase } = engine;
    const fired = stopWatch.check({ now: line.at, startAt, phase, cpuPercent: line.cpuPercent });
    if (fired.length > 0) obey(options, engine, { fired, stops });
  };
  const stopHealth = watchHealth(options, engine, { lines: health, onHealth: guarded(onHealth, fail) });
  const stopCheckpoints = keepCheckpoints(options, engine, fail);
  try {
    const result = await engine.run();
    await Promise.all(kept);
    if (storage.signal.aborted) throw storage.signal.reason;
    return { ...result, engine, stops };
  } finally {
    stopHealth();
    stopCheckpoints();
    await Promise.allSettled([samples.close(), health.close()]);
  }
}

/** Rules only mark, fail the step, or break it off; which of them fired is in the run folder at once. */
function obey({ folder }: StageOptions, engine: LoadEngine, heard: { fired: Stop[]; stops: Stop[] }): void {
  heard.stops.push(...heard.fired);
  folder.write('stops.json', heard.stops);
  for (const { action, kind } of heard.fired) {
    const word = kind === 'lag' || kind === 'gencpu' ? 'insufficient' : 'failure';
    if (kind === 'limit' && action !== 'mark') engine.end();
    else if (action === 'stop') engine.breakOff(word);
    else if (action === 'fail-step') engine.failStep(word);
  }
}

function watchHealth(
  options: StageOptions,
  engine: LoadEngine,
  to: { lines: NdjsonWriter<HealthLine>; onHealth(line: HealthLine): void },
) {
  const { clock, probe } = options.machine;
  const reader = probe();
  const { tracker } = engine;
  return clock.every(HEALTH_PERIOD_MS, () => {
    const { launched, dropped } = tracker;
    const inFlight = tracker.gauge.count;
    const line = { at: clock.now(), ...reader.read(), inFlight, launched, dropped };
    to.lines.write(line);
    to.onHealth(line);
    options.onProgress(progressOf(options, engine));
  });
}

/** Hands what the work throws to `fail`: nobody else would hear it in a timer. */
function guarded<T>(work: (value: T) => void, fail: (error: unknown) => void): (value: T) => void {
  return (value) => {
    try {
      work(value);
    } catch (error) {
      fail(error);
    }
  };
}

function keepCheckpoints(options: StageOptions, engine: LoadEngine, fail: (error: unknown) => void) {
  const { folder, run } = options;
  const { clock } = options.machine;
  let number = 0;
  const keep = guarded(() => {
    const { tracker } = engine;
    const cells = tracker.recorder.all();
    writeCheckpoint(folder, {
      number: ++number,
      at: clock.now(),
      launched: tracker.launched,
      dropped: tracker.dropped,
      inFlight: tracker.gauge.count,
      counts: cells.map(({ operation, step, stage, counts }) => ({ operation, step, stage, counts })),
      histograms: storeHistograms(cells),
    });
  }, fail);
  return clock.every(run.plan.checkpointEvery, () => keep(undefined));
}

function progressOf(options: StageOptions, engine: LoadEngine): ProgressEvent {
  const { run, machine, startAt } = options;
  const { tracker, phase } = engine;
  return {
    kind: 'load',
    elapsedMs: machine.clock.now() - startAt,
    totalMs: totalMs(run.phases),
    step: phase?.step ?? run.phases.at(-1)?.step ?? 1,
    phase: phase?.kind ?? 'drain',
    inFlight: tracker.gauge.count,
    dropped: tracker.dropped,
    rows: run.operations.map(({ operation, total }) => liveRow(engine, operation, total)),
  };
}

function liveRow(engine: LoadEngine, operation: string, planned: number): LiveRow {
  const cells = engine.tracker.recorder.all().filter((cell) => cell.operation === operation);
  const sum = (pick: (cell: (typeof cells)[number]) => number) => cells.reduce((total, cell) => total + pick(cell), 0);
  const succeeded = sum((cell) => cell.counts.ok);
  const failed = sum((cell) => cell.counts.failed);
  const last = cells.findLast((cell) => cell.fromPlan.count > 0);
  return { operation, planned, launched: succeeded + failed, succeeded, failed, p95Ms: last?.fromPlan.percentile(95) };
}
