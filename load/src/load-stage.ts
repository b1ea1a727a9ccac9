import { LoadEngine } from './engine/load-engine.js';
import type { EngineResult } from './engine/load-engine.js';
import type { Sample, SampleSink } from './engine/sample.js';
import type { Crew } from './engine/crew.js';
import type { Course } from './engine/course.js';
import { ExternalSampler } from './external/external-sampler.js';
import type { ExternalSample } from './external/external-sampler.js';
import type { HoldReading } from './engine/load-engine.js';
import { totalMs } from './engine/timeline.js';
import type { ResolvedRun } from './resolve-run.js';
import { storeHistograms, writeCheckpoint } from './run-folder/checkpoint.js';
import type { HealthLine } from './run-folder/run-files.js';
import type { RunFolder } from './run-folder/run-folder.js';
import { NdjsonWriter } from './run-folder/run-folder.js';
import type { ProgressEvent } from './run-options.js';
import type { Stop } from './stop-rules/stop-watch.js';
import { StopWatch } from './stop-rules/stop-watch.js';
import type { LiveRun } from './live/live-run.js';
import type { LiveFigures, OperationFigures } from './live/live-view.js';
import { LiveView } from './live/live-view.js';
import type { Monitoring } from './observe/monitoring.js';
import type { Machine } from './runtime/machine.js';

const HEALTH_PERIOD_MS = 1000;

export interface StageOptions {
  run: ResolvedRun;
  folder: RunFolder;
  machine: Machine;
  startAt: number;
  signal: AbortSignal;
  course: Course;
  /** Makes the crew that carries the arrivals out; its samples go to the sink. */
  crewWith(sink: SampleSink): Crew;
  /** First phase to run; earlier ones belong to the time before an interruption. */
  firstPhase: number;
  /** Called with every hold that has ended. */
  onHold: (reading: HoldReading) => void;
  /** Watches the neighbours while the load goes on. */
  monitoring?: Monitoring;
  /** What monitoring sees of the run while it lasts. */
  live: LiveRun;
  /** Database that SQL metrics of the plan are asked from. */
  databaseUrl?: string;
  onProgress(event: ProgressEvent): void;
}

export interface StageResult extends EngineResult {
  engine: LoadEngine;
  /** Stop rules that fired. */
  stops: Stop[];
}

/** Runs the load itself; samples, health lines and checkpoints reach the run folder while it goes on. */
export async function runLoadStage(options: StageOptions): Promise<StageResult> {
  const { run, folder, machine, startAt, signal } = options;
  const storage = new AbortController();
  const fail = (error: unknown) => storage.abort(error);
  const samples = new NdjsonWriter<Sample>(folder.file('samples.ndjson'), fail);
  const health = new NdjsonWriter<HealthLine>(folder.file('health.ndjson'), fail);
  const kept: Promise<void>[] = [];
  const stopWatch = new StopWatch(run.plan.stop);
  const sink: SampleSink = {
    write: (sample) => {
      samples.write(sample);
      const now = machine.clock.now();
      stopWatch.add(sample, now);
      options.live.add(sample, now);
    },
  };
  const engine = new LoadEngine({
    clock: machine.clock,
    crew: options.crewWith(sink),
    course: options.course,
    firstPhase: options.firstPhase,
    restMs: run.plan.search?.rest,
    startAt,
    drainMs: run.plan.drain,
    signal: AbortSignal.any([signal, storage.signal]),
    onHold: (reading) => {
      // A hold counts as done only with its samples on disk: a killed run is judged by them when it is resumed.
      kept.push(samples.flush().then(() => guarded(options.onHold, fail)(reading)));
    },
  });
  const stops: Stop[] = [];
  const external = new NdjsonWriter<ExternalSample>(folder.file('external.ndjson'), fail, { isLazy: true });
  const sampler = new ExternalSampler(run.plan, options.databaseUrl, machine.clock, (sample) => {
    external.write(sample);
    stopWatch.addExternal(sample.name, sample.at, sample.values ?? []);
  });
  const onHealth = (line: HealthLine) => {
    const { phase } = engine;
    const fired = stopWatch.check({ now: line.at, startAt, phase, cpuPercent: line.cpuPercent });
    if (fired.length > 0) obey(options, engine, { fired, stops });
  };
  const stopHealth = watchHealth(options, engine, { lines: health, onHealth: guarded(onHealth, fail) });
  const stopCheckpoints = keepCheckpoints(options, engine, fail);
  options.monitoring?.follow(() => engine.phase, startAt);
  sampler.start();
  try {
    const result = await engine.run();
    await Promise.all(kept);
    if (storage.signal.aborted) throw storage.signal.reason;
    return { ...result, engine, stops };
  } finally {
    stopHealth();
    stopCheckpoints();
    await Promise.allSettled([sampler.stop(), samples.close(), health.close(), external.close()]);
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
  const { clock } = options.machine;
  const { crew } = engine;
  const reader = crew.probe();
  const view = new LiveView(options.live);
  return clock.every(HEALTH_PERIOD_MS, () => {
    const { launched, dropped, inFlight } = crew;
    const at = clock.now();
    const line: HealthLine = { at, ...reader.read(), inFlight, launched, dropped };
    options.live.tick(line, engine.phase);
    const { operations, ...figures } = view.tick(at);
    line.live = { ...figures, failed: sumOf(engine, 'failed') };
    to.lines.write(line);
    to.onHealth(line);
    options.onProgress(progressOf(options, engine, { ...figures, operations, cpuPercent: line.cpuPercent }));
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
    const { crew } = engine;
    const cells = crew.recorder.all();
    writeCheckpoint(folder, {
      number: ++number,
      at: clock.now(),
      launched: crew.launched,
      dropped: crew.dropped,
      inFlight: crew.inFlight,
      counts: cells.map(({ operation, step, stage, counts }) => ({ operation, step, stage, counts })),
      histograms: storeHistograms(cells),
    });
  }, fail);
  return clock.every(run.plan.checkpointEvery, () => keep(undefined));
}

function progressOf(
  options: StageOptions,
  engine: LoadEngine,
  { operations, ...figures }: LiveFigures & { cpuPercent: number },
): ProgressEvent {
  const { run, machine, startAt } = options;
  const { crew, phase } = engine;
  return {
    kind: 'load',
    elapsedMs: machine.clock.now() - startAt,
    totalMs: totalMs(run.phases),
    step: phase?.step ?? run.phases.at(-1)?.step ?? 1,
    phase: phase?.kind ?? 'drain',
    inFlight: crew.inFlight,
    dropped: crew.dropped,
    ...figures,
    rows: run.operations.map(({ operation, total }, index) => ({
      ...countsOf(engine, operation, total),
      ...(operations[index] as OperationFigures),
    })),
  };
}

function sumOf(engine: LoadEngine, outcome: Sample['outcome']): number {
  return engine.crew.recorder.all().reduce((sum, { counts }) => sum + counts[outcome], 0);
}

function countsOf(engine: LoadEngine, operation: string, planned: number) {
  const cells = engine.crew.recorder.all().filter((cell) => cell.operation === operation);
  const sum = (outcome: Sample['outcome']) => cells.reduce((total, { counts }) => total + counts[outcome], 0);
  const [succeeded, failed] = [sum('ok'), sum('failed')];
  return { planned, launched: succeeded + failed, succeeded, failed };
}
