import type { Distribution } from './distributed/open-fleet.js';
import type { HrCredentials } from './hrlink/hr-credentials.js';
import type { AdminDoor } from './observe/admin-door.js';
import type { ObserverSecrets } from './observe/make-observers.js';
import type { LiveFigures, OperationFigures } from './live/live-view.js';
import type { BelowTarget } from './profiles/reliability-level.js';
import type { RunVerdict } from './verdict/verdict.js';
import type { HoldObservation } from './verdict/observation.js';
import type { PrepareStep } from './prepare/prepare-world.js';

export type Language = 'ru' | 'en';

/** How a run traces its operations. */
export interface TraceSettings {
  /** `host:port` at which the run itself takes OTLP over HTTP; without it spans are not put together. */
  listen?: string;
  /** `host:port` at which it takes OTLP over gRPC as well. */
  listenGrpc?: string;
  /** Bearer token senders must have. */
  token?: string;
  /** `OTEL_EXPORTER_OTLP_PROTOCOL` of the generator's own spans. */
  protocol?: string;
  /** Share of operations that are recorded, 0..1. */
  share?: number;
  /** Base address by which workers on other machines reach the run's receiver. */
  advertise?: string;
  /** The receiver of the run this process is a worker of; its spans go there and nowhere else. */
  receiver?: { endpoint: string; token?: string | undefined };
}

/** What a run needs to know. */
export interface RunOptions {
  /** Name of a built-in plan or path of a plan file. */
  plan: string;
  /** Name or path of a profile; the plan names one when absent. */
  profile?: string;
  /** Base address of HRLink. */
  hrlink: string;
  /** HR's credentials; a text is a User-Api-Token. */
  token: HrCredentials;
  /** Base address of the SMS emulator's admin door. */
  smsAdmin: string;
  /** Bearer token of admin doors. */
  adminToken?: string;
  /** Further admin doors; `onec` (or `1c`) is asked for its jobs, all of them for their active faults. */
  admins?: AdminDoor[];
  /** Override file of HRLink's path profile. */
  hrlinkProfile?: string;
  /** File that says what else is watched: PostgreSQL, pages of metrics, Prometheus, Zabbix. */
  observers?: string;
  observerSecrets?: ObserverSecrets;
  /** Folder that holds the run folders. Default `runs`. */
  out?: string;
  /** Replaces the profile's seed. */
  seed?: string;
  /** Shortens all ramps and holds. */
  timeScale?: number;
  /** For reliability plans: the maximum found, per cent, and the choice when it is below the target. */
  lmaxPercent?: number;
  belowTarget?: BelowTarget;
  language?: Language;
  otlpEndpoint?: string;
  /** How the operations are traced. */
  traces?: TraceSettings;
  /** Where `/metrics` is served while the run lasts; nowhere by default. */
  metrics?: { host: string; port: number };
  /** Who sends the load; this very process by default. */
  distribution?: Distribution;
  /** Aborting it ends the run with what has been measured and exit code 130. */
  signal?: AbortSignal;
  onProgress?(event: ProgressEvent): void;
}

/** What a resumed run cannot find in its folder, and what may be named anew. */
export type ResumeAccess = Pick<
  RunOptions,
  | 'token'
  | 'adminToken'
  | 'observers'
  | 'observerSecrets'
  | 'language'
  | 'otlpEndpoint'
  | 'traces'
  | 'metrics'
  | 'distribution'
  | 'signal'
  | 'onProgress'
>;

/** One operation in the live table, counted from the start of the load. */
export interface LiveRow extends OperationFigures {
  planned: number;
  launched: number;
  succeeded: number;
  failed: number;
}

export type ProgressEvent =
  | { kind: 'created'; folder: string }
  | { kind: 'metrics'; url: string }
  | { kind: 'prepare'; name: PrepareStep['name']; done: number; total: number }
  | ({
      kind: 'load';
      elapsedMs: number;
      totalMs: number;
      step: number;
      phase: 'ramp' | 'hold' | 'drain';
      inFlight: number;
      dropped: number;
      cpuPercent: number;
      rows: LiveRow[];
    } & Omit<LiveFigures, 'operations'>);

/** How a run ended. */
export interface RunResult {
  exitCode: number;
  verdict: RunVerdict;
  holds: HoldObservation[];
  folder: string;
  /** report.html in the language asked for. */
  report: string;
}
