import type { Analysis, ObserverReport } from '../analysis/analysis.js';
import type { FleetRecord } from '../distributed/fleet-log.js';
import type { CallSummary } from '../hrlink/call-meter.js';
import type { Phase } from '../engine/timeline.js';
import type { LiveFigures } from '../live/live-view.js';
import type { OnecReading } from '../observe/onec-jobs.js';
import type { ExternalReading } from '../external/external-metrics.js';
import type { FaultAnnotation } from '../observe/fault-rules.js';
import type { SignatureSamples } from '../observe/signature-samples.js';
import type { PrepareStep } from '../prepare/prepare-world.js';
import type { LoadProfile } from '../profiles/load-profile.schema.js';
import type { OperationId } from '../profiles/operations.js';
import type { Plan } from '../profiles/plan.schema.js';
import type { ReliabilityLevel } from '../profiles/reliability-level.js';
import type { SearchOutcome } from '../search/max-search.js';
import type { HoldReading } from '../engine/load-engine.js';
import type { Stop } from '../stop-rules/stop-watch.js';
import type { HoldObservation } from '../verdict/observation.js';
import type { TracingDoors } from '../tracing/embedded-tracing.js';
import type { TraceSummary } from '../tracing/trace-summary.js';
import type { RunVerdict } from '../verdict/verdict.js';

/** plan.json: everything that fixes what the run was going to do. */
export interface PlannedRun {
  plan: Plan;
  profile: LoadProfile;
  seed: string;
  /** Factor the plan's times were shortened by; 1 is the plan as written. */
  timeScale: number;
  /** Level of a reliability test and why. */
  reliability?: ReliabilityLevel;
  /** Phases run or laid out so far. */
  phases: Phase[];
  operations: PlannedOperation[];
}

export interface PlannedOperation {
  operation: OperationId;
  perHour: number;
  /** Arrivals that data had to be ready for. */
  needed: number;
  /** Arrivals of the phases laid out. */
  total: number;
  /** Arrivals by step and stage: `1` → `hold` → 42. */
  byStep: Record<string, Record<string, number>>;
}

/** run.json: what the run was, where it ran and how it ended. */
export interface RunRecord {
  id: string;
  target: string;
  /** Epoch milliseconds. */
  createdAt: number;
  loadStartedAt?: number;
  finishedAt?: number;
  state: 'preparing' | 'running' | 'finished' | 'interrupted' | 'prepare-failed';
  tag: string;
  freshFrom: number;
  generator: { node: string; cpus: number; cpuModel: string; memoryGb: number };
  /** Where the run's systems are; never a token. */
  access: { hrlink: string; smsAdmin: string; hrlinkProfile?: string; admins: { name: string; url: string }[] };
  /** Moments at which the run was taken up again. */
  resumedAt?: number[];
  prepare: PrepareStep[];
  /** Where the run took spans of the other processes, or why it could not. */
  traces?: TracingDoors;
  signatures?: SignatureSamples;
}

/** annotations.json: what outer systems said about themselves. */
export interface Annotations {
  faults: FaultAnnotation[];
  onec: OnecReading;
}

/** One line of health.ndjson: the generator second by second. */
export interface HealthLine {
  at: number;
  cpuPercent: number;
  eventLoopUtilisation: number;
  rssMb: number;
  inFlight: number;
  launched: number;
  dropped: number;
  /** What people watch: `load status` shows it in another terminal. */
  live?: Omit<LiveFigures, 'operations'> & { failed: number };
}

/** One histogram of histograms.json. */
export interface StoredHistogram {
  operation: string;
  step: number;
  stage: string;
  kind: 'fromPlan' | 'service' | 'accepted' | 'lag';
  count: number;
  /** hdr-histogram, compressed base64, microseconds. */
  data: string;
}

/** File name → content, for the JSON files of a run folder. */
export interface RunFiles {
  'run.json': RunRecord;
  'plan.json': PlannedRun;
  'calls.json': { load: CallSummary[]; prepare: CallSummary[] };
  'readings.json': HoldReading[];
  'search.json': SearchOutcome;
  'stops.json': Stop[];
  'external.json': ExternalReading[];
  'histograms.json': StoredHistogram[];
  'observations.json': HoldObservation[];
  'annotations.json': Annotations;
  'verdict.json': RunVerdict;
  'workers.json': FleetRecord;
  'traces.json': TraceSummary;
  'observers.json': ObserverReport[];
  'analysis.json': Analysis;
}
