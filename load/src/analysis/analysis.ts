import type { SearchPoints } from '../search/points.js';
import type { FitnessCheck, Reason, VerdictWord } from '../verdict/verdict.js';
import type { Finding, Layer, Sentence } from './finding.js';

/**
 * analysis.json: where the bottleneck is and how that is known (spec load-testing.md 6, step by step). A pure function of
 * the other files of the run folder. Times are epoch milliseconds, shares 0…1, everything else carries its unit.
 */
export interface Analysis {
  version: 1;
  /** 6.1: what may be concluded from each hold at all. */
  validity: HoldValidity[];
  /** 6.2: what broke first by the clock. */
  firstViolation?: FirstViolation;
  /** 6.2: degradation, errors, saturation: three different things. */
  points: SearchPoints;
  /** 6.3: three estimates of saturation, beside the SLA border and not instead of it. */
  saturation: SaturationEstimates;
  /** The hold the findings speak of, and the one it is compared with. */
  focus?: Focus;
  /** 6.4: what outer systems had of the operations' time, by hold. */
  external: ExternalShare[];
  /** 6.5: statements of the database, the greatest growth first. */
  statements: StatementGrowth[];
  /** 6.6: average active sessions by class of wait, by hold. */
  waits: HoldWaits[];
  /** Sessions that stood in the way of others. */
  blockers: Blocker[];
  tables: TableGrowth[];
  /** Metrics of the stand over the holds. */
  metrics: MetricByHold[];
  /** 6.7: rank correlation over the holds, with its n and without p-values. */
  correlations: Correlation[];
  /** 6.8: trends over a long hold. */
  drift: Drift[];
  /** Changes of the stand made while the load went on. */
  annotations: TimedAnnotation[];
  /** What was watched, and what could not be. */
  observers: ObserverReport[];
  /** Ranked: the first one is the bottleneck, as far as the evidence goes. */
  findings: Finding[];
}

export interface HoldValidity {
  step: number;
  levelPercent: number;
  word: VerdictWord;
  /** The generator spoiled the hold: nothing is concluded from it. */
  isUsable: boolean;
  /** Fitness checks that were broken. */
  broken: FitnessCheck[];
}

export interface FirstViolation {
  at: number;
  /** Milliseconds from the start of the load. */
  offsetMs: number;
  step: number;
  levelPercent: number;
  stage: 'ramp' | 'settle' | 'hold';
  operation: string;
  criterion: 'sla' | 'errors';
  value: number;
  limit: number;
  /** Length of the window it was seen in. */
  windowMs: number;
  /** What the verdict of that step says, for comparison: windows are shown, holds are judged (5.2). */
  reasons: Reason[];
}

/** An estimate, or why it may not be used. */
export type Estimate<T> = ({ applicable: true } & T) | { applicable: false; why: Sentence };

export interface SaturationEstimates {
  /** ΔX/ΔL between neighbour steps; below 0.5 is saturated. */
  elasticity: { fromPercent: number; toPercent: number; value: number; isSaturated: boolean }[];
  /** Kneedle, S = 1: by throughput (concave) and by p95 (convex); n steps. */
  kneeByThroughput: Estimate<{ levelPercent: number; n: number }>;
  kneeByLatency: Estimate<{ levelPercent: number; operation: string; n: number }>;
  /** X(N) = λN/(1+σ(N−1)+κN(N−1)). */
  usl: Estimate<UslFit>;
}

export interface UslFit {
  /** Operations per second of one in flight. */
  lambda: number;
  /** Queues and locks. */
  sigma: number;
  /** Coherence. */
  kappa: number;
  r2: number;
  n: number;
  /** In flight at the peak, and the peak, operations per second. */
  peakInFlight: number;
  peakPerSecond: number;
}

export interface Focus {
  step: number;
  levelPercent: number;
  /** The hold compared with: the lowest usable level; absent when there is only one. */
  baselineStep?: number;
  baselinePercent?: number;
  /** Operations whose criteria broke first, or all of them. */
  operations: string[];
  /** Mean number of operations in flight: what the shares of the findings are shares of. */
  inFlight: number;
}

/** One operation of one outer system on one hold. */
export interface ExternalShare {
  step: number;
  levelPercent: number;
  system: string;
  /** The outer system's own operation, or `*` for all of it. */
  operation: string;
  /** The business operation, when traces tell it; absent when all of them are meant. */
  of?: string;
  callsPerSecond: number;
  meanMs: number;
  /** Of it put in on purpose by the emulator's baseline and faults. */
  injectedMs: number;
  /** Mean number of calls in progress, by Little's law. */
  concurrency: number;
  /** Of the time of the operations in flight; above 1 when calls are made in the background. */
  share: number;
  /** Answers that were not a success, 0…1. */
  refusedShare: number;
  /** Where it is known from: traces tell the critical path, metrics only the sum. */
  source: 'metrics' | 'traces';
}

export interface StatementGrowth {
  queryId: string;
  query: string;
  database: string;
  /** By hold, in order of steps. */
  holds: StatementOnHold[];
  /** Mean time of the focus over that of the baseline; absent without a baseline. */
  meanGrowth?: number;
  /** Share of the time all statements took on the focus. */
  timeShare: number;
}

export interface StatementOnHold {
  step: number;
  calls: number;
  totalMs: number;
  meanMs: number;
  rowsPerCall: number;
  /** Blocks of 8 KiB looked at per call: many for few rows is a missing index. */
  blocksPerCall: number;
  readBlocksPerCall: number;
  tempBlocksPerCall: number;
  walBytesPerCall: number;
  /** Counters were reset, or the entry was evicted and made anew, during the hold: figures are a lower bound. */
  isPartial: boolean;
}

export type WaitClass = 'CPU' | 'IO' | 'Lock' | 'LWLock' | 'Client' | 'IPC' | 'Other';

export interface HoldWaits {
  step: number;
  levelPercent: number;
  samples: number;
  /** Average active sessions by class; `CPU` is active without waiting. */
  byClass: Partial<Record<WaitClass, number>>;
  topEvents: { waitClass: WaitClass; event: string; sessions: number }[];
  active: number;
  idleInTransaction: number;
  idle: number;
  /** Sessions of the application altogether, highest and mean. */
  sessions: number;
  maxSessions: number;
  /** Share of samples in which no session of the application was idle. */
  busyShare: number;
}

export interface Blocker {
  step: number;
  /** Statement of the session that held the lock. */
  query: string;
  state: string;
  /** Statement that waited most often, and what kind of lock it waited for. */
  waitingQuery: string;
  lockType: string;
  relation?: string;
  /** Mean number of sessions that waited, and the longest wait seen. */
  waiting: number;
  maxWaitMs: number;
  /** Sessions in the longest chain. */
  depth: number;
}

export interface TableGrowth {
  table: string;
  firstBytes: number;
  lastBytes: number;
  bytesPerHour: number;
  deadShare: number;
  /** Sequential scans and rows they read, over the load. */
  seqScans: number;
  seqRows: number;
  indexScans: number;
}

/** What a metric means for the search; told by whoever configured it. */
export type MetricRole = 'cpu' | 'memory' | 'pool' | 'queue' | 'connections' | 'errors' | 'other';

export interface MetricByHold {
  name: string;
  source: string;
  layer: Layer;
  role: MetricRole;
  unit: string;
  /** Value above which the resource counts as exhausted. */
  limit?: number;
  /** First reading of the load. */
  atStart?: number;
  holds: { step: number; levelPercent: number; mean: number; max: number; n: number }[];
}

export interface Correlation {
  metric: string;
  with: 'p95' | 'throughput';
  operation?: string;
  /** Spearman's rank coefficient over n holds. */
  rho: number;
  n: number;
  /** Grew more between the lowest and the highest level than the load did. */
  growsFasterThanLoad: boolean;
}

export interface Drift {
  metric: string;
  operation?: string;
  unit: string;
  step: number;
  /** Theil–Sen slope, units per hour, and its 95 % interval. */
  slopePerHour: number;
  low: number;
  high: number;
  /** Over the whole hold, share of the first hour's median. */
  relative: number;
  firstHour: number;
  lastHour: number;
  n: number;
  isDrifting: boolean;
}

export interface TimedAnnotation {
  at: number;
  service: string;
  kind: 'fault' | 'admin' | 'verdict' | 'stop';
  text: string;
}

export interface ObserverReport {
  name: string;
  state: 'ok' | 'partly' | 'failed' | 'off';
  /** Readings taken. */
  readings: number;
  error?: string;
  note?: Sentence;
}
