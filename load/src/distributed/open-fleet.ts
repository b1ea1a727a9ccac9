import type { Clock } from '../engine/clock.js';
import type { ResolvedRun } from '../resolve-run.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import { RunFolderError } from '../run-folder/run-folder.js';
import type { RunOptions } from '../run-options.js';
import type { World } from '../scenarios/world.js';
import type { CoordinatorChannel } from './channel.js';
import { Fleet } from './fleet.js';
import type { FleetRecord } from './fleet-log.js';
import { describeWork } from './hrlink-work.js';
import { workerTraces } from './receiver-address.js';
import { threadCoordinator } from './thread-channel.js';
import type { DistributedTiming } from './work.js';
import { TIMING } from './work.js';

/** Who sends the load instead of this very thread. */
export interface Distribution {
  /** Workers to wait for before the load starts; more may come later. */
  workers: number;
  /** Brokers and topic prefix where workers wait; without them they are threads of this process. */
  kafka?: { brokers: string[]; topics: string };
  timing?: DistributedTiming;
  joinTimeoutMs?: number;
}

const JOIN_TIMEOUT_MS = 60_000;

/** A gathered fleet and what has to be closed after the run. */
export interface OpenFleet {
  fleet: Fleet;
  close(): Promise<void>;
}

/** What a fleet is opened for. */
export interface FleetOccasion {
  run: ResolvedRun;
  options: RunOptions;
  world: World;
  folder: RunFolder;
  clock: Clock;
  /** Id of this life of the run. */
  life: string;
  signal: AbortSignal;
  /** Base address of the run's receiver of spans. */
  receiver?: string | undefined;
  /** Hears why the last worker left, when HRLink no longer takes its credentials. */
  onRefused: (reason: string) => void;
}

/**
 * Finds the workers of a run and waits until they are ready; undefined when this process sends the load itself. Throws
 * ConfigError or FleetError with one line.
 */
export async function openFleet(occasion: FleetOccasion): Promise<OpenFleet | undefined> {
  const { run, options, world, folder, clock, life, signal, onRefused } = occasion;
  const { distribution } = options;
  if (!distribution) return undefined;
  const { workers, timing = TIMING, joinTimeoutMs = JOIN_TIMEOUT_MS } = distribution;
  const traces = workerTraces(occasion.receiver, options.traces ?? {}, distribution.kafka !== undefined);
  const setup = describeWork(run, options, world, { expected: workers, timing, traces });
  const channel = await channelOf(distribution, occasion);
  const fleet = new Fleet({
    ...{ channel, clock, run: life, setup, onRefused },
    onChange: keeperOf(folder),
  });
  const close = async () => {
    await fleet.end();
    await channel.close();
    folder.write('workers.json', fleet.log.record);
  };
  try {
    await fleet.gather(workers, joinTimeoutMs, signal);
    return { fleet, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Words of workers come at any time: a disk that is full then is told by the files of the load itself. */
function keeperOf(folder: RunFolder): (record: FleetRecord) => void {
  return (record) => {
    try {
      folder.write('workers.json', record);
    } catch (error) {
      if (!(error instanceof RunFolderError)) throw error;
    }
  };
}

async function channelOf(
  { workers, kafka }: Distribution,
  { options, life }: FleetOccasion,
): Promise<CoordinatorChannel> {
  if (kafka) {
    // Loaded only here: most runs need no broker, and its client is large.
    const { kafkaCoordinator } = await import('./kafka-channel.js');
    return kafkaCoordinator({ ...kafka, self: life });
  }
  const { token, adminToken, otlpEndpoint } = options;
  return threadCoordinator(workers, { token, adminToken, otlpEndpoint, otlpToken: options.traces?.token });
}
