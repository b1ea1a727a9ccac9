import { cpus, totalmem } from 'node:os';
import { crewOfRun } from './crew-of-run.js';
import { openFleet } from './distributed/open-fleet.js';
import type { OpenFleet } from './distributed/open-fleet.js';
import type { Clock } from './engine/clock.js';
import { CallMeter } from './hrlink/call-meter.js';
import type { Course } from './engine/course.js';
import { LoadSession } from './load-session.js';
import { runLoadStage } from './load-stage.js';
import type { StageResult } from './load-stage.js';
import { LiveRun } from './live/live-run.js';
import { MetricsDoor } from './live/metrics-door.js';
import { checkClock } from './hrlink/clock-check.js';
import { readExternal } from './external/external-metrics.js';
import { readFaultRules } from './observe/fault-rules.js';
import { observersOf } from './observe/make-observers.js';
import { Monitoring } from './observe/monitoring.js';
import { observersSchema } from './observe/observers.schema.js';
import { onecDifference, readOnecJobs } from './observe/onec-jobs.js';
import { takeSignatureSamples } from './observe/signature-samples.js';
import { doorsOf, smsDoorOf } from './observe/doors-of-run.js';
import { prepareWorld } from './prepare/prepare-world.js';
import { readYamlFile } from './profiles/read-yaml-file.js';
import { writeReports } from './report/write-reports.js';
import { freshPlace, neededFor, recount, resolveRun } from './resolve-run.js';
import type { ResolvedRun } from './resolve-run.js';
import { appendRest, nothingPast, restoreRun, tagOf } from './resume/restore-run.js';
import type { PastRun } from './resume/restore-run.js';
import { storeHistograms } from './run-folder/checkpoint.js';
import type { RunRecord } from './run-folder/run-files.js';
import { RunFolder } from './run-folder/run-folder.js';
import type { ResumeAccess, RunOptions, RunResult } from './run-options.js';
import type { Machine } from './runtime/machine.js';
import { thisMachine } from './runtime/machine.js';
import type { Workshop } from './scenarios/operation-runner.js';
import type { World } from './scenarios/world.js';
import { writeTraces } from './tracing/write-traces.js';
import { courseOfRun, writePlan } from './search/course-of-run.js';
import { demandsOf, observeHolds } from './verdict/observe-run.js';
import { judgeHold } from './verdict/judge-hold.js';
import { judgeRun } from './verdict/judge-run.js';
import type { RunEnd } from './verdict/judge-run.js';

const START_DELAY_MS = 200;
/** Workers have to hear of the start before it comes. */
const FLEET_START_DELAY_MS = 1500;

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
  past: PastRun;
  monitoring: Monitoring;
  door?: MetricsDoor;
  fleet?: OpenFleet;
  prepareFailure?: string;
}

/**
 * Does a whole run: prepares the data, loads the system by the plan, judges the holds, writes the run folder and both
 * reports. Resolves with the verdict and the exit code of spec 5.3 whatever the system under test does; throws
 * ConfigError when the configuration cannot be used.
 */
export async function runLoad(options: RunOptions, machine: Machine = thisMachine()): Promise<RunResult> {
  return carryOut(begin(options, resolveRun(options), machine));
}

/**
 * Goes on with a run that was killed or interrupted, in its own folder: what was in flight counts as lost, the hold
 * that was broken off is repeated, then the plan goes on. Throws ConfigError when the folder holds no such run.
 */
export async function resumeLoad(
  path: string,
  access: ResumeAccess,
  machine: Machine = thisMachine(),
): Promise<RunResult> {
  const folder = new RunFolder(path);
  const { run, record, past } = await restoreRun(folder, machine.clock.now());
  const options: RunOptions = { ...record.access, plan: run.plan.name, ...access };
  return carryOut({ ...parts(options, run, machine), folder, record, past, ...watching(options, machine, folder) });
}

async function carryOut(progress: RunInProgress): Promise<RunResult> {
  const { options, folder } = progress;
  options.onProgress?.({ kind: 'created', folder: folder.path });
  progress.record.traces = await progress.session.traces?.start();
  const { metrics } = options;
  const door = metrics && (await MetricsDoor.open(metrics));
  if (door) options.onProgress?.({ kind: 'metrics', url: door.url });
  progress.door = door;
  try {
    const doors = doorsOf(options);
    const onecDoor = doors.find((door) => /^(onec|1c)$/.test(door.name));
    const [faults, onecBefore] = await Promise.all([readFaultRules(doors, 'start'), readOnecJobs(onecDoor)]);
    const stage = await prepareAndLoad(progress);
    faults.push(...(await readFaultRules(doors, 'end')));
    const onec = onecDifference(onecBefore, await readOnecJobs(onecDoor));
    folder.write('annotations.json', { faults, onec });
    const result = await finish(progress, stage);
    await door?.linger(progress.clock, progress.signal);
    return result;
  } finally {
    await door?.close();
    await progress.fleet?.close();
    await progress.session.close();
  }
}

function begin(options: RunOptions, run: ResolvedRun, machine: Machine): RunInProgress {
  const createdAt = machine.clock.now();
  const observed = observersFile(options);
  const scaled = run.timeScale === 1 ? '' : '-rehearsal';
  const id = `${new Date(createdAt).toISOString().slice(0, 19).replaceAll(':', '-')}-${run.plan.name}${scaled}`;
  const folder = RunFolder.create(options.out ?? 'runs', id);
  const { hrlink, smsAdmin, hrlinkProfile, admins = [] } = options;
  const record: RunRecord = {
    id,
    target: hrlink,
    createdAt,
    state: 'preparing',
    tag: tagOf(createdAt),
    freshFrom: freshPlace(run, createdAt),
    generator: {
      node: process.version,
      cpus: cpus().length,
      cpuModel: cpus()[0]?.model.trim() ?? '',
      memoryGb: Math.round(totalmem() / 2 ** 30),
    },
    access: { hrlink, smsAdmin, hrlinkProfile, admins: admins.map(({ name, url }) => ({ name, url })) },
    prepare: [],
  };
  writePlan(folder, run);
  folder.writeText('profile.yaml', run.profileText);
  folder.write('run.json', record);
  return {
    ...parts(options, run, machine),
    folder,
    record,
    past: nothingPast(),
    ...watching(options, machine, folder, observed),
  };
}

/** Read before the run folder is made: a file that cannot be used must not leave one behind. */
function observersFile({ observers }: RunOptions) {
  return observers === undefined ? undefined : readYamlFile(observers, 'observers', observersSchema).value;
}

function watching(options: RunOptions, { clock }: Machine, folder: RunFolder, file = observersFile(options)) {
  return { monitoring: new Monitoring(folder, clock, observersOf(file, doorsOf(options), options.observerSecrets)) };
}

function parts(options: RunOptions, run: ResolvedRun, machine: Machine) {
  const { clock } = machine;
  const session = new LoadSession(options, run, clock);
  const meters = { prepare: new CallMeter(), load: new CallMeter() };
  const signal = options.signal ? AbortSignal.any([options.signal, session.ended]) : session.ended;
  return { options, run, clock, machine, session, meters, signal };
}

async function prepareAndLoad(progress: RunInProgress): Promise<StageResult | undefined> {
  const { session, meters, record, signal, clock } = progress;
  let world: World;
  try {
    const workshop = await session.open(meters.prepare, signal);
    await checkClock(smsDoorOf(progress.options), clock, progress.run.profile.timing.clockSkew);
    world = await prepare(progress, workshop);
    await session.warmUp(workshop, signal);
    const life = `${record.id}.${record.resumedAt?.length ?? 0}`;
    const onRefused = (reason: string) => session.refuse(reason);
    progress.fleet = await openFleet({ ...progress, receiver: record.traces?.endpoint, world, life, onRefused });
  } catch (error) {
    progress.prepareFailure = (error as Error).message;
    record.state = signal.aborted ? 'interrupted' : 'prepare-failed';
    return undefined;
  }
  const workshop = session.workshop(meters.load);
  record.state = 'running';
  await progress.monitoring.open();
  record.loadStartedAt ??= clock.now() + (progress.fleet ? FLEET_START_DELAY_MS : START_DELAY_MS);
  progress.folder.write('run.json', record);
  const stage = await load(progress, workshop, world).finally(() => progress.monitoring.close());
  const share = progress.run.profile.data.signatureSampleShare;
  const { hr } = session.workshop(new CallMeter());
  if (!stage.interrupted) record.signatures = await takeSignatureSamples(hr, world.signedDocumentIds, share);
  return stage;
}

async function load(progress: RunInProgress, workshop: Workshop, world: World): Promise<StageResult> {
  const { run, folder, options, machine, signal, past, record, clock } = progress;
  const { recorder, readings, judged } = past;
  const fleet = progress.fleet?.fleet;
  const meter = progress.meters.load;
  const startAt = record.loadStartedAt ?? clock.now();
  const course = courseOfRun({ run, folder, recorder, judged });
  const firstPhase = run.phases.length === 0 || past.isResumed ? run.phases.length : 0;
  if (past.isResumed || run.plan.search) layOutRest(progress, course, clock.now() + START_DELAY_MS - startAt);
  const live = new LiveRun(record.id, run, startAt);
  progress.door?.follow(live, clock);
  return runLoadStage({
    run,
    live,
    folder,
    machine,
    startAt,
    signal,
    course,
    crewWith: (sink) => crewOfRun({ run, machine, startAt, recorder, workshop, world, meter, fleet }, sink),
    firstPhase,
    databaseUrl: options.observerSecrets?.databaseUrl,
    monitoring: progress.monitoring,
    onHold: (reading) => {
      readings.push(reading);
      folder.write('readings.json', readings);
      live.judged(judgeHold(observeHolds(run, [reading], recorder)[0]!, demandsOf(run)));
    },
    onProgress: (event) => options.onProgress?.(event),
  });
}

/** The first step of a search, or what a resumed plan has still to do. */
function layOutRest({ run, past, folder }: RunInProgress, course: Course, atMs: number): void {
  if (run.plan.search) course.extend(atMs);
  else appendRest(run, past.readings.length, atMs);
  recount(run);
  writePlan(folder, run);
}

async function prepare(progress: RunInProgress, workshop: Workshop): Promise<World> {
  const { run, record, signal, options } = progress;
  const { world, steps } = await prepareWorld({
    workshop,
    population: run.population,
    feeds: run.feeds,
    tag: record.tag,
    freshFrom: record.freshFrom,
    stock: neededFor(run, 'sign-unep'),
    signal,
    onProgress: (name, done, total) => options.onProgress?.({ kind: 'prepare', name, done, total }),
  });
  record.prepare = steps;
  world.ordinalBase = progress.past.ordinalBase;
  if (signal.aborted) throw new Error('interrupted');
  return world;
}

async function finish(progress: RunInProgress, stage: StageResult | undefined): Promise<RunResult> {
  const { folder, record, run, meters, clock, signal, options } = progress;
  const holds = observeHolds(run, progress.past.readings, progress.past.recorder);
  const finished = signal.aborted ? 'interrupted' : 'finished';
  record.state = record.state === 'prepare-failed' ? record.state : finished;
  record.finishedAt = clock.now();
  await writeTraces(folder, progress.session.traces, signal);
  const external = await readExternal(run.plan.external, holds, folder);
  if (external.length > 0) folder.write('external.json', external);
  const end = { ...endOf(progress, stage), external };
  const verdict = judgeRun(holds, demandsOf(run), end);
  if (!folder.has('samples.ndjson')) folder.writeText('samples.ndjson', '');
  if (!folder.has('health.ndjson')) folder.writeText('health.ndjson', '');
  writePlan(folder, run);
  folder.write('calls.json', { load: meters.load.summary(), prepare: meters.prepare.summary() });
  folder.write('histograms.json', stage ? storeHistograms(stage.cells) : []);
  folder.write('observations.json', holds);
  folder.write('verdict.json', verdict);
  // Last: a run whose files did not fit is not finished, `resume` makes them again from the samples.
  folder.write('run.json', record);
  const reports = await writeReports(folder);
  return {
    exitCode: verdict.exitCode,
    verdict,
    holds,
    folder: folder.path,
    report: reports[options.language ?? 'ru'],
  };
}

/** How the run ended besides its holds. */
function endOf({ folder, record, signal, session, prepareFailure }: RunInProgress, stage?: StageResult): RunEnd {
  const { signatures } = record;
  return {
    isInterrupted: signal.aborted,
    why: session.refusal,
    prepareFailure,
    search: folder.has('search.json') ? folder.read('search.json') : undefined,
    badSignatures: signatures && { count: signatures.invalid, why: signatures.firstRefusal ?? '' },
    stops: stage?.stops,
  };
}
