import type { BookedOperation } from './operation-book.js';
import { subjectOf, type TraceSpan } from './trace-span.js';

/** How sure it is that a group of spans belongs to an operation. */
export type Confidence = 'sole' | 'likely';

/** Spans that share a trace id nobody here began. */
export class StitchGroup {
  readonly spans: TraceSpan[] = [];
  /** The span the others began after. */
  head: TraceSpan;
  subject: string | undefined;
  /** Time of arrival of the newest span. */
  heardMs: number;
  /** Operations it may belong to, when it was last looked at. */
  candidates: readonly BookedOperation[] = [];
  /** The operation it was matched to. */
  match: BookedOperation | undefined;
  confidence: Confidence | undefined;
  /** What habits have been taught by this group so far. */
  taught: { readonly operation: BookedOperation; readonly weight: number }[] = [];

  constructor(first: TraceSpan, nowMs: number) {
    this.head = first;
    this.heardMs = nowMs;
    this.add(first, nowMs);
  }

  get traceId(): string {
    return this.head.traceId;
  }

  add(span: TraceSpan, nowMs: number): void {
    this.spans.push(span);
    this.heardMs = nowMs;
    this.subject ??= subjectOf(span);
    if (span.startMs < this.head.startMs) this.head = span;
  }

  /** The spans as part of the matched operation's trace: what has no parent of its own hangs under the call it fell into. */
  placed(operation: BookedOperation): TraceSpan[] {
    const own = new Set(this.spans.map(({ spanId }) => spanId));
    return this.spans.map((span) => {
      const moved: TraceSpan = { ...span, traceId: operation.traceId };
      if (span.parentId !== undefined && own.has(span.parentId)) return moved;
      moved.attributes = { ...span.attributes, 'poligon.stitched': this.confidence! };
      const caller = callerAt(operation, span.startMs);
      if (caller === undefined) delete moved.parentId;
      else moved.parentId = caller.spanId;
      return moved;
    });
  }
}

/** The operation's own call that was open at a moment, the latest to begin of several. */
export function callerAt({ steps }: BookedOperation, atMs: number): TraceSpan | undefined {
  let last: TraceSpan | undefined;
  for (const step of steps) {
    if (step.kind !== 'client' || step.startMs > atMs || atMs > step.endMs) continue;
    if (last === undefined || step.startMs > last.startMs) last = step;
  }
  return last;
}
