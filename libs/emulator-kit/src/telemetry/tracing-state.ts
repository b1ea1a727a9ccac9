import { trace, type Tracer } from '@opentelemetry/api';
import { RECORD_NONE, type Sampling } from './sampling.js';
import type { SpanQueue } from './span-queue.js';

/** What this process does about traces; set by `startTelemetry`. */
export interface TracingState {
  /** Whether an exporter is at work. */
  isRecording: boolean;
  sampling: Sampling;
  /** Draws whether a trace that begins here is recorded. */
  isRootRecorded: () => boolean;
  queue: SpanQueue | undefined;
  /** Makes the spans; one that makes nothing while nobody records. */
  tracer: Tracer;
}

export const tracingState: TracingState = {
  isRecording: false,
  sampling: RECORD_NONE,
  isRootRecorded: () => false,
  queue: undefined,
  tracer: trace.getTracer('poligon'),
};
