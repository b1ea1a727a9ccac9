import type { Stage } from './timeline.js';

/** `dropped`: refused by the in-flight ceiling; `lost`: still unfinished when the run was cut off. */
export type Outcome = 'ok' | 'failed' | 'dropped' | 'lost';

/** One operation as it happened. Times are epoch milliseconds; one line of samples.ndjson. */
export interface Sample {
  operation: string;
  ordinal: number;
  step: number;
  stage: Stage;
  planned: number;
  started?: number;
  accepted?: number;
  completed?: number;
  outcome: Outcome;
  /** Short stable words for grouping, e.g. `document.sign 409 90.411`. Absent when the outcome is ok. */
  cause?: string;
  traceId?: string;
  /** Key of the person the operation was done for. */
  subject?: string;
  /** Worker that sent it, when there are several. */
  worker?: string;
}

/** Takes finished samples; must not block the caller. */
export interface SampleSink {
  write(sample: Sample): void;
}
