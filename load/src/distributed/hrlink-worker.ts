import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { ProcessHealthProbe } from '../engine/generator-health.js';
import { SystemClock } from '../runtime/system-clock.js';
import type { WorkerChannel } from './channel.js';
import { SteeredClock } from './clock-offset.js';
import { openHrlinkWork } from './hrlink-work.js';
import type { WorkerAccess } from './hrlink-work.js';
import { WorkerNode } from './worker-node.js';
import type { WorkerEvent } from './worker-node.js';

export interface HrlinkWorkerOptions {
  channel: WorkerChannel;
  /** Name in the report. */
  worker: string;
  access: WorkerAccess;
  onEvent?: (event: WorkerEvent) => void;
}

/** A worker that does the business operations on HRLink, on the real clock. */
export function hrlinkWorker({ channel, worker, access, onEvent = () => undefined }: HrlinkWorkerOptions): WorkerNode {
  return new WorkerNode({
    channel,
    clock: new SteeredClock(new SystemClock()),
    identity: { worker, cpus: availableParallelism(), node: process.version },
    newSession: () => `${worker}.${randomUUID()}`.slice(0, 100),
    openWork: (setup, clock) => openHrlinkWork(setup, access, clock),
    probe: () => new ProcessHealthProbe(),
    onEvent,
  });
}
