import { cpus, totalmem } from 'node:os';
import type { Clock } from './engine/clock.js';
import { CallMeter } from './hrlink/call-meter.js';
import { LoadSession } from './load-session.js';
import { runLoadStage } from './load-stage.js';
import type { StageResult } from './load-stage.js';
import { readFaultRules } from './observe/fault-rules.js';
import { onecDifference, readOnecJobs } from './observe/onec-jobs.js';
import { takeSignatureSamples } from './observe/signature-samples.js';
import type { AdminDoor } from './observe/admin-door.js';
import { prepareWorld } from './prepare/prepare-world.js';
import { writeReports } from './report/write-reports.js';
import { freshPlace, neededFor, resolveRun } from './resolve-run.js';
import type { ResolvedRun } from './resolve-run.js';
import { storeHistograms } from './run-folder/checkpoint.js';
import type { RunRecord } from './run-folder/run-files.js';
import { RunFolder } from './run-folder/run-folder.js';
import type { RunOptions, RunResult } from './run-options.js';
import type { Machine } from './runtime/machine.js';
import { thisMachine } from './runtime/machine.js';
import type { Workshop } from './scenarios/operation-runner.js';
import type { World } from './scenarios/world.js';
import { demandsOf, observeHolds } from './verdict/observe-run.js';
import { judgeRun } from './verdict/judge-run.js';

const START_DELAY_MS = 200;

/** The mutable state of one run between its stages. */
interface RunInProgress {
  options: RunOptions;
  run: ResolvedRun;
  clock: Clock;
  machine: Machine;
  folder: RunFolder;
  record: RunRecord;
  session: LoadSession;
  meters: { prepare: CallMeter; load: CallMeter };
  signal: AbortSignal;
  prepareFailure?: string;
}

/**
 * Does a whole run: prepares the data, loads the system by the plan, judges the holds, writes the run folder and both
 * reports. Resolves with the verdict and the exit code of spec 5.3 whatever the system under test does; throws
 * ConfigError when the configuration cannot be used.
 */
export async function runLoad(options: RunOptions, machine: Machine = thisMachine()): Promise<RunResult> {
  const run = resolveRun(options);
  const progress = begin(options, run, machine);
  try {
    const doors = doorsOf(options);
    const onecDoor = doors.find((door) => /^(onec|1c)$/.test(door.name));
    const [faults, onecBefore] = await Promise.all([readFaultRules(doors, 'start'), readOnecJobs(onecDoor)]);
    const stage = await prepareAndLoad(progress);
    faults.push(...(await readFaultRules(doors, 'end')));
    const onec = onecDifference(onecBefore, await readOnecJobs(onecDoor));
    progress.folder.write('annotations.json', { faults, onec });
    return await finish(progress, stage);
  } finally {
    await progress.session.close();
  }
}

function begin(options: RunOptions, run: ResolvedRun, machine: Machine): RunInProgress {
  const { clock } = machine;
  const createdAt = clock.now();
  const id = `${new Date(createdAt).toISOString().slice(0, 19).replaceAll(':', '-')}-${run.plan.name}`;
  const folder = RunFolder.create(options.out ?? 'runs', id);
  options.onProgress?.({ kind: 'created', folder: folder.path });
  const record: RunRecord = {
    id,
    target: options.hrlink,
    createdAt,
    state: 'preparing',
    tag: Math.floor(createdAt / 1000).toString(36),
    freshFrom: freshPlace(run, createdAt),
    generator: {
      node: process.version,
      cpus: cpus().length,
      cpuModel: cpus()[0]?.model.trim() ?? '',
      memoryGb: Math.round(totalmem() / 2 ** 30),
    },
    prepare: [],
  };
  const { plan, profile, seed, phases, operations } = run;
  folder.write('plan.json', { plan, profile, seed, phases, operations });
  folder.writeText('profile.yaml', run.profileText);
  folder.write('run.json', record);
  return {
    options,
    run,
    clock,
    machine,
    folder,
    record,
    session: new LoadSession(options, run, clock),
    meters: { prepare: new CallMeter(), load: new CallMeter() },
    signal: options.signal ?? new AbortController().signal,
  };
}

async function prepareAndLoad(progress: RunInProgress): Promise<StageResult | undefined> {
  const { session, meters, record, signal, clock } = progress;
  let world: World;
  try {
    const workshop = await session.open(meters.prepare, signal);
    world = await prepare(progress, workshop);
    await session.warmUp(workshop, signal);
  } catch (error) {
    progress.prepareFailure = (error as Error).message;
    record.state = signal.aborted ? 'interrupted' : 'prepare-failed';
    return undefined;
  }
  const workshop = session.workshop(meters.load);
  record.state = 'running';
  record.loadStartedAt = clock.now() + START_DELAY_MS;
  progress.folder.write('run.json', record);
  const { run, folder, options } = progress;
  const startAt = record.loadStartedAt;
  const onProgress = (event: Parameters<NonNullable<RunOptions['onProgress']>>[0]) => options.onProgress?.(event);
  const { machine } = progress;
  const stage = await runLoadStage({ run, folder, workshop, world, machine, startAt, signal, onProgress });
  const share = run.profile.data.signatureSampleShare;
  const { hr } = session.workshop(new CallMeter());
  if (!stage.interrupted) record.signatures = await takeSignatureSamples(hr, world.signedDocumentIds, share);
  return stage;
}

async function prepare(progress: RunInProgress, workshop: Workshop): Promise<World> {
  const { run, record, signal, options } = progress;
  const { world, steps } = await prepareWorld({
    workshop,
    population: run.population,
    tag: record.tag,
    freshFrom: record.freshFrom,
    stock: neededFor(run, 'sign-unep'),
    signal,
    onProgress: (name, done, total) => options.onProgress?.({ kind: 'prepare', name, done, total }),
  });
  record.prepare = steps;
  if (signal.aborted) throw new Error('interrupted');
  return world;
}

async function finish(progress: RunInProgress, stage: StageResult | undefined): Promise<RunResult> {
  const { folder, record, run, meters, clock, signal, options } = progress;
  const holds = stage ? observeHolds(run, stage.holds, stage.engine.tracker.recorder) : [];
  const finished = signal.aborted ? 'interrupted' : 'finished';
  record.state = record.state === 'prepare-failed' ? record.state : finished;
  record.finishedAt = clock.now();
  const end = { isInterrupted: signal.aborted, prepareFailure: progress.prepareFailure };
  const verdict = judgeRun(holds, demandsOf(run), end);
  if (!folder.has('samples.ndjson')) folder.writeText('samples.ndjson', '');
  if (!folder.has('health.ndjson')) folder.writeText('health.ndjson', '');
  folder.write('run.json', record);
  folder.write('calls.json', { load: meters.load.summary(), prepare: meters.prepare.summary() });
  folder.write('histograms.json', stage ? storeHistograms(stage.cells) : []);
  folder.write('observations.json', holds);
  folder.write('verdict.json', verdict);
  const reports = await writeReports(folder);
  return {
    exitCode: verdict.exitCode,
    verdict,
    holds,
    folder: folder.path,
    report: reports[options.language ?? 'ru'],
  };
}

function doorsOf(options: RunOptions): AdminDoor[] {
  const named = options.admins ?? [];
  const sms = { name: 'sms', url: options.smsAdmin };
  const doors = named.some((door) => door.name === 'sms') ? named : [sms, ...named];
  return doors.map((door) => ({ token: options.adminToken, ...door }));
}
