import type { OperationRate } from '../engine/arrivals.js';
import type { Execute } from '../engine/operation-tracker.js';
import type { CallDelta } from '../hrlink/call-meter.js';

/** What a worker needs to know once for a run; the rest comes with every state. */
export interface WorkerSetup<Work = unknown> {
  seed: string;
  rates: OperationRate[];
  /** Employees that sign: they decide which shard an operation is in. */
  signers: number;
  /** How the parts keep in touch, milliseconds. */
  timing: DistributedTiming;
  /** What the operations need; only the one who does them looks inside. */
  work: Work;
}

export interface DistributedTiming {
  /** Time between two states of the coordinator. */
  beatMs: number;
  /** Time between two reports of a worker. */
  reportMs: number;
  /** A worker that has not heard the coordinator for so long sends nothing any more. */
  leaseMs: number;
  /** A worker that has not reported for so long is lost; longer than the lease, so that nothing is sent twice. */
  lostAfterMs: number;
}

export const TIMING: DistributedTiming = { beatMs: 500, reportMs: 500, leaseMs: 4000, lostAfterMs: 6000 };

/** Does the operations of a run on a worker. */
export interface OpenWork {
  execute: Execute;
  /** Calls counted since the last time. */
  takeCalls(): CallDelta[];
  /** Documents signed since the last time. */
  takeSigned(): string[];
  /** Tells when the system no longer takes the worker's credentials, with the reason in one line. */
  onRefused?(listener: (reason: string) => void): void;
  close(): Promise<void>;
}
