import type { ServiceCurve } from './service-curve.js';

/** What a full pool does with one more job: wait, answer 90.503, or cut the connection. */
export type Overload = 'queue' | 'reject' | 'reset';

/** One capacity pool (spec 6.1). */
export interface PoolSettings extends ServiceCurve {
  /** Relative spread of the service time (log-normal σ); 0 is exact. */
  readonly jitter: number;
  /** Jobs that may wait; beyond it `overload` decides. */
  readonly queueLimit: number;
  /** Longest wait before a job is turned away; 0 waits for ever. */
  readonly queueTimeoutMs: number;
  readonly overload: Overload;
}

export const POOL_NAMES = ['read', 'write', 'upload', 'convert', 'bulkItem', 'send', 'sign', 'stamp', 'nqes'] as const;
export type PoolName = (typeof POOL_NAMES)[number];
export type PoolTable = Readonly<Record<PoolName, PoolSettings>>;

/** Waiting jobs of an "unbounded" queue: far above any rehearsal, still a bound for memory. */
const QUEUE_CEILING = 200_000;

function pool(workers: number, serviceMs: number): PoolSettings {
  return {
    workers,
    serviceMs,
    alpha: 0,
    beta: 0,
    jitter: 0,
    queueLimit: QUEUE_CEILING,
    queueTimeoutMs: 0,
    overload: 'queue',
  };
}

/** W × S0 of spec 6.1. */
export const DEFAULT_POOLS: PoolTable = {
  read: pool(8, 20),
  write: pool(8, 40),
  upload: pool(4, 50),
  convert: pool(4, 800),
  bulkItem: pool(4, 10),
  send: pool(4, 50),
  sign: pool(4, 200),
  stamp: pool(4, 250),
  nqes: pool(2, 500),
};
