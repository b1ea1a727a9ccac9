import type { HrlinkProfile } from '@poligon/hrlink-api';
import { Population } from '@poligon/people';
import type { Clock } from '../engine/clock.js';
import { CallMeter } from '../hrlink/call-meter.js';
import type { HrCredentials } from '../hrlink/hr-credentials.js';
import { LoadSession } from '../load-session.js';
import type { ResolvedRun } from '../resolve-run.js';
import type { PlannedRun } from '../run-folder/run-files.js';
import type { RunOptions } from '../run-options.js';
import { OperationRunner } from '../scenarios/operation-runner.js';
import type { WorkerTraces } from './receiver-address.js';
import type { World } from '../scenarios/world.js';
import type { DistributedTiming, OpenWork, WorkerSetup } from './work.js';
import { packWorld, unpackWorld } from './world-codec.js';
import type { PackedWorld } from './world-codec.js';

/** What the business operations on HRLink need; never a secret: every worker has its own. */
export interface HrlinkWork {
  planned: Pick<PlannedRun, 'plan' | 'profile' | 'seed' | 'timeScale'>;
  hrlinkProfile: HrlinkProfile;
  hrlink: string;
  smsAdmin: string;
  world: PackedWorld;
  /** Where spans go; without it to the worker's own collector, if it has one. */
  traces?: WorkerTraces;
}

/** Secrets and habits of one worker. */
export interface WorkerAccess {
  token: HrCredentials;
  adminToken?: string;
  otlpEndpoint?: string;
  /** Bearer token of the run's receiver of spans. */
  otlpToken?: string;
}

/** Describes a prepared run for workers; connections are divided among as many as are expected. */
export function describeWork(
  run: ResolvedRun,
  options: Pick<RunOptions, 'hrlink' | 'smsAdmin'>,
  world: World,
  fleet: { expected: number; timing: DistributedTiming; traces?: WorkerTraces },
): WorkerSetup<HrlinkWork> {
  const { profile, seed, timeScale, hrlinkProfile } = run;
  const plan = { ...run.plan, connections: Math.ceil(run.plan.connections / fleet.expected) };
  return {
    seed,
    rates: run.operations.map(({ operation, perHour }) => ({ operation, perHour })),
    signers: world.signers.length,
    timing: fleet.timing,
    work: {
      planned: { plan, profile, seed, timeScale },
      hrlinkProfile,
      hrlink: options.hrlink,
      smsAdmin: options.smsAdmin,
      world: packWorld(world, profile.data.pdfKilobytes * 1024),
      traces: fleet.traces,
    },
  };
}

/** Logs a worker in and gets its connections ready. Throws OperationFailure when HRLink does not take it. */
export async function openHrlinkWork(setup: WorkerSetup, access: WorkerAccess, clock: Clock): Promise<OpenWork> {
  const { planned, hrlinkProfile, hrlink, smsAdmin, world: packed, traces } = setup.work as HrlinkWork;
  const run: ResolvedRun = {
    ...{ ...planned, hrlinkProfile, phases: [], forecast: [], operations: [], profileText: '' },
    population: new Population(),
    feeds: {},
  };
  const world = unpackWorld(packed);
  const { otlpToken, ...rest } = access;
  const told = traces && { share: traces.share, receiver: { endpoint: traces.endpoint, token: otlpToken } };
  const session = new LoadSession({ plan: planned.plan.name, hrlink, smsAdmin, ...rest, traces: told }, run, clock);
  const closing = new AbortController();
  try {
    await session.warmUp(await session.open(new CallMeter(), closing.signal), closing.signal);
  } catch (error) {
    await session.close();
    throw error;
  }
  const meter = new CallMeter();
  let signed = 0;
  return {
    execute: new OperationRunner(session.workshop(meter), world).execute,
    takeCalls: () => meter.take(),
    takeSigned: () => {
      const fresh = world.signedDocumentIds.slice(signed);
      signed = world.signedDocumentIds.length;
      return fresh;
    },
    onRefused: (tell) => session.ended.addEventListener('abort', () => tell(session.refusal ?? ''), { once: true }),
    close: () => session.close(),
  };
}
