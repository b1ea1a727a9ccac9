import type { HoldObservation } from '../../verdict/observation.js';
import type { Analysis, Focus, HoldWaits, MetricByHold, StatementGrowth } from '../analysis.js';
import type { Evidence, Finding, Sentence } from '../finding.js';

/** Everything the suspects are judged by. */
export interface Facts {
  focus: Focus;
  hold: HoldObservation;
  baseline?: HoldObservation;
  /** Some criterion was broken on the focus. */
  isViolated: boolean;
  analysis: Omit<Analysis, 'findings'>;
  /** Mean sessions by statement and class of wait, on the focus. */
  statementSessions: ReadonlyMap<string, Record<string, number>>;
}

/**
 * A possible cause. `direct` is how many operations in flight it is seen to hold; `pull`, 0…1, is its claim on those
 * nothing is seen to hold: what waits in a queue inside the application leaves no other trace.
 */
export interface Suspect extends Pick<Finding, 'kind' | 'layer' | 'subject'> {
  direct: number;
  pull: number;
  evidence: Evidence[];
  counterEvidence: Evidence[];
  /** Values for the places of its recommendations. */
  values?: Record<string, string | number | Sentence>;
  operations?: string[];
}

/** A rule that looks for one kind of cause. */
export type FindSuspects = (facts: Facts) => Suspect[];

export function clamp(value: number, low = 0, high = 1): number {
  return Math.min(high, Math.max(low, Number.isNaN(value) ? low : value));
}

/** Waits of the database on a step. */
export function waitsOn({ analysis }: Facts, step: number | undefined): HoldWaits | undefined {
  return analysis.waits.find((each) => each.step === step);
}

/** Mean of a metric on a step. */
export function meanOn(metric: MetricByHold, step: number | undefined): number | undefined {
  return metric.holds.find((each) => each.step === step)?.mean;
}

/** How sessions of the application divide among what occupies them. */
export interface Occupation {
  lock: number;
  work: number;
  idleInTransaction: number;
  total: number;
}

export function occupationOf(waits: HoldWaits | undefined): Occupation {
  const lock = waits?.byClass.Lock ?? 0;
  // An active session that waits for its client holds the connection for the application, not for the database.
  const client = waits?.byClass.Client ?? 0;
  const work = (waits?.active ?? 0) - lock - client;
  const idleInTransaction = (waits?.idleInTransaction ?? 0) + client;
  return { lock, work, idleInTransaction, total: lock + work + idleInTransaction };
}

/** Whether the application's connections are all taken, and how that is known. */
export interface PoolPressure {
  isExhausted: boolean;
  metric?: MetricByHold;
  busyShare?: number;
}

const POOL_BUSY_SHARE = 0.9;
/** A pool somebody queues for is exhausted although its mean, ramps of the queue included, is a little below its limit. */
const POOL_NEARLY = 0.85;
const LEAST_WAITING = 1;
/** Names of queues for a connection, as pools call them. */
const CONNECTION_QUEUE = /connection|pool|соединен/i;

export function poolPressure(facts: Facts, step = facts.focus.step): PoolPressure {
  const metrics = facts.analysis.metrics.filter(({ role, limit }) => role === 'pool' && limit !== undefined);
  const isQueued = facts.analysis.metrics.some(
    (metric) => isConnectionQueue(metric) && (meanOn(metric, step) ?? 0) >= LEAST_WAITING,
  );
  const share = isQueued ? POOL_NEARLY : 1;
  const full = metrics.find((metric) => (meanOn(metric, step) ?? 0) >= (metric.limit as number) * share);
  const busyShare = waitsOn(facts, step)?.busyShare;
  const isBusy = (busyShare ?? 0) >= POOL_BUSY_SHARE;
  // A pool that says it has room has room, whatever single samples of the server look like.
  const isExhausted = full !== undefined || (isBusy && metrics.length === 0);
  return { isExhausted, ...(full ? { metric: full } : {}), ...(busyShare === undefined ? {} : { busyShare }) };
}

/** A queue for a connection rather than a stage of the application's own work. */
export function isConnectionQueue({ role, name }: MetricByHold): boolean {
  return role === 'queue' && CONNECTION_QUEUE.test(name);
}

/** From this share of the database's time on a statement is a finding of its own. */
export const DOMINANT_SHARE = 0.2;

const MANY_BLOCKS = 500;
const GROWN = 1.5;
const SLOW_MS = 50;

/** How much a statement looks like one that could be cheaper, 0…1. */
export function costliness({ holds, meanGrowth }: StatementGrowth, step: number): number {
  const here = holds.find((each) => each.step === step);
  if (!here) return 0;
  const isScan = here.blocksPerCall / Math.max(here.rowsPerCall, 1) >= MANY_BLOCKS;
  const isGrown = (meanGrowth ?? 1) >= GROWN;
  return clamp((isScan ? 0.7 : 0) + (isGrown ? 0.4 : 0) + (here.meanMs >= SLOW_MS ? 0.3 : 0));
}
