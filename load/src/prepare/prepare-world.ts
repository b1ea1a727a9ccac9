import type { Population } from '@poligon/people';
import type { Workshop } from '../scenarios/operation-runner.js';
import { contextFor } from '../scenarios/operation-runner.js';
import { pdfFile } from '../scenarios/pdf-file.js';
import type { ScenarioContext } from '../scenarios/scenario.js';
import { polling } from '../scenarios/scenario.js';
import { uploadFile } from '../scenarios/send-to-signing.js';
import { Staff } from '../scenarios/staff.js';
import type { WorkUnit, World } from '../scenarios/world.js';
import type { Feeds, Place } from '../feeders/read-feeds.js';
import { readSigners, signersFileOf } from '../feeders/signers-file.js';
import type { FileSigner } from '../feeders/signers-file.js';
import { inParallel } from './in-parallel.js';
import { ensureCertificate, enterPeople, signerPeople } from './signers.js';
import { ensureStructure, readDictionaries } from './structure.js';
import { groupsOf, sendGroup } from './unsigned-stock.js';

/** One step of the preparation, as the report shows it. */
export interface PrepareStep {
  name: 'structure' | 'people' | 'certificates' | 'stock';
  /** Objects made sure of, and how many of them had to be made. */
  total: number;
  made: number;
  durationMs: number;
}

export interface PrepareOptions {
  workshop: Workshop;
  population: Population;
  feeds: Feeds;
  tag: string;
  /** Staff place of the first employee issued a certificate under load. */
  freshFrom: number;
  /** Unsigned documents the plan needs. */
  stock: number;
  signal: AbortSignal;
  onProgress(name: PrepareStep['name'], done: number, total: number): void;
}

/**
 * Brings HRLink to the state the plan needs, through its public API only (structure, signers with certificates,
 * unsigned documents). Reported, never judged. Throws OperationFailure when the system does not let it.
 */
export async function prepareWorld(options: PrepareOptions): Promise<{ world: World; steps: PrepareStep[] }> {
  const { workshop, population, signal } = options;
  const { clock, settings } = workshop;
  const steps: PrepareStep[] = [];
  const timed = async (name: PrepareStep['name'], total: number, work: () => Promise<number>) => {
    const from = clock.now();
    options.onProgress(name, 0, total);
    const made = await work();
    options.onProgress(name, total, total);
    steps.push({ name, total, made, durationMs: clock.now() - from });
  };
  const staffs = Array.from(
    { length: settings.organisations },
    (_, nth) => new Staff(population, settings.organisation + nth),
  );
  const home = staffs[0] as Staff;
  const world = emptyWorld(options);
  const context = contextOf(options, world, 0);
  const departments = staffs.reduce((sum, { organisation }) => sum + organisation.departments, 0);
  if (signersFileOf(settings)) {
    await fromFile(options, world, { home, timed });
    return { world, steps };
  }
  await timed('structure', staffs.length + departments + population.positions, async () => {
    Object.assign(world, await readDictionaries(context.hr, settings.applicationsFromFile));
    world.units = await ensureStructure(context.hr, polling(context), staffs);
    return staffs.length + departments + population.positions;
  });
  const people = signerPeople(home, settings.signersFrom, settings.signers);
  await timed('people', people.length, async () => {
    world.signers = await enterPeople(context, people);
    return people.length;
  });
  await timed('certificates', people.length, () => certificates(options, world));
  if (options.stock > 0 && !signal.aborted) await timed('stock', options.stock, () => stock(options, world));
  return { world, steps };
}

type Timed = (name: PrepareStep['name'], total: number, work: () => Promise<number>) => Promise<void>;

/** Nothing is entered for employees a file names: they must be able to log in and have certificates. */
async function fromFile(
  options: PrepareOptions,
  world: World,
  { home, timed }: { home: Staff; timed: Timed },
): Promise<void> {
  const { feeds, population, workshop } = options;
  const signers = readSigners(workshop.settings, population);
  const { hr } = contextOf(options, world, 0);
  await timed('people', signers.length, async () => {
    Object.assign(world, await readDictionaries(hr, workshop.settings.applicationsFromFile));
    world.signers = signers;
    world.units = feeds.legalEntities ? unitsOf(home, feeds.legalEntities) : [unitOf(home, signers)];
    return 0;
  });
  await timed('certificates', signers.length, () => certificates(options, world));
  if (options.stock > 0 && !options.signal.aborted) await timed('stock', options.stock, () => stock(options, world));
}

/** The legal entity of the employees of a file; new ones are entered beside the first of them. */
function unitOf(staff: Staff, [first]: readonly FileSigner[]): WorkUnit {
  const ids = (id: string | undefined) => (id ? [id] : []);
  return {
    staff,
    legalEntityId: first?.legalEntityId ?? '',
    departmentIds: ids(first?.departmentId),
    positionIds: ids(first?.positionId),
  };
}

/** New employees of every place come from a staff list of their own: nobody is entered twice. */
function unitsOf(home: Staff, places: readonly Place[]): WorkUnit[] {
  const { organisations } = home.population.options;
  return places.map(({ legalEntityId, departmentId, positionId }, nth) => {
    const staff = new Staff(home.population, (home.organisationIndex + nth) % organisations);
    return { staff, legalEntityId, departmentIds: [departmentId], positionIds: [positionId] };
  });
}

async function certificates(options: PrepareOptions, world: World): Promise<number> {
  let done = 0;
  const made = await inParallel(world.signers, options.workshop.settings.prepareParallelism, async (signer, nth) => {
    const wasMade = await traced(options, world, nth, (context) => ensureCertificate(context, signer));
    done += 1;
    if (done < world.signers.length) options.onProgress('certificates', done, world.signers.length);
    return wasMade;
  });
  return made.filter(Boolean).length;
}

async function stock(options: PrepareOptions, world: World): Promise<number> {
  const fileId = await traced(options, world, 0, ({ hr }) => uploadFile(hr, world.file));
  const groups = groupsOf(options.stock);
  const sent = await inParallel(groups, options.workshop.settings.prepareParallelism, (ordinals, nth) =>
    traced(options, world, nth, (context) => sendGroup(context, fileId, ordinals)),
  );
  world.stock = sent.flat();
  return world.stock.length;
}

async function traced<T>(options: PrepareOptions, world: World, nth: number, work: (c: ScenarioContext) => Promise<T>) {
  const trace = options.workshop.tracing.operation('prepare', { 'poligon.ordinal': nth });
  try {
    return await work(contextOf(options, world, nth, trace));
  } finally {
    trace.end();
  }
}

function contextOf(
  options: PrepareOptions,
  world: World,
  ordinal: number,
  trace = options.workshop.tracing.operation('prepare'),
) {
  const nothing = () => undefined;
  return contextFor(options.workshop, {
    world,
    ordinal,
    name: 'prepare',
    trace,
    signal: options.signal,
    accepted: nothing,
    subject: nothing,
  });
}

function emptyWorld(options: PrepareOptions): World {
  const { feeds } = options;
  const title = `Poligon load test ${options.tag}`;
  return {
    tag: options.tag,
    units: [],
    documentTypeId: '',
    file: {
      name: 'document.pdf',
      contentType: 'application/pdf',
      bytes: pdfFile(title, options.workshop.settings.pdfKilobytes * 1024),
    },
    feeds,
    signers: [],
    stock: [],
    signedDocumentIds: [],
    freshFrom: options.freshFrom,
    ordinalBase: {},
  };
}
