import type { EdgeFigures } from './edge-statistics.js';
import type { PartKey } from './part.js';
import type { TraceSpan } from './trace-span.js';

/** Where the time of one operation went in one step; means over `count` operations. */
export interface StepParts {
  readonly operation: string;
  readonly step: number;
  readonly stage: string;
  readonly count: number;
  readonly failed: number;
  /** Mean duration, milliseconds. */
  readonly meanMs: number;
  readonly p95Ms: number;
  /** Mean milliseconds by part; they add up to `meanMs`. */
  readonly parts: Record<PartKey, number>;
  /** The same of the slowest operations kept, which add up to `slowestMs`. */
  readonly slowestMs: number;
  readonly slowest: Record<PartKey, number>;
}

/** A stretch of a kept trace's critical path. */
export interface KeptStretch {
  readonly spanId: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A trace kept whole. */
export interface KeptTrace {
  readonly traceId: string;
  readonly operation: string;
  readonly step: number;
  readonly stage: string;
  readonly why: 'slowest' | 'failed';
  readonly subject?: string;
  readonly durationMs: number;
  /** Parents before children; times with clocks brought together. */
  readonly spans: TraceSpan[];
  readonly path: KeptStretch[];
  readonly parts: Record<PartKey, number>;
}

/** How spans were matched to operations by their subject. */
export interface StitchFigures {
  /** Groups of spans that came with no or an unknown trace. */
  readonly groups: number;
  /** Matched: the only operation in progress for the person, or the only one of several that it fits. */
  readonly sole: number;
  readonly likely: number;
  /** Several operations fitted equally. */
  readonly ambiguous: number;
  /** No subject, or nobody's operation at that time. */
  readonly unknown: number;
  /** Spans of the matched groups. */
  readonly spans: number;
}

/** traces.json: what the traces of a run say. */
export interface TraceSummary {
  readonly operations: {
    readonly total: number;
    /** All spans hang together and every call has its answer's span. */
    readonly complete: number;
    readonly orphanSpans: number;
    /** Largest difference between the sum of parts and the duration, per cent. */
    readonly maxSumErrorPercent: number;
    /** Largest correction of a clock, milliseconds. */
    readonly maxSkewMs: number;
  };
  readonly intake: {
    readonly spans: number;
    readonly rejectedSpans: number;
    readonly refusedRequests: Record<string, number>;
    readonly lateSpans: number;
    /** Spans given up because too many traces were open. */
    readonly evictedSpans: number;
    readonly services: Record<string, number>;
    readonly forwarding?: { readonly forwarded: number; readonly dropped: number; readonly failed: number };
  };
  readonly steps: StepParts[];
  readonly edges: EdgeFigures[];
  readonly kept: KeptTrace[];
  readonly stitching: StitchFigures;
}
