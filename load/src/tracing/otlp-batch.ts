import { problemOf, type TraceSpan } from './trace-span.js';

/** Spans of one export request. */
export interface OtlpBatch {
  readonly spans: TraceSpan[];
  /** Spans that broke a rule. */
  rejected: number;
  /** The first rule that was broken. */
  firstProblem?: string;
}

/** Most spans of one request. */
export const MAX_BATCH_SPANS = 50_000;

export function addTo(batch: OtlpBatch, span: TraceSpan): void {
  const problem = batch.spans.length >= MAX_BATCH_SPANS ? `more than ${MAX_BATCH_SPANS} spans` : problemOf(span);
  if (problem === undefined) {
    batch.spans.push(span);
    return;
  }
  batch.rejected += 1;
  batch.firstProblem ??= problem;
}

const MAX_INTERNED = 10_000;
const interned = new Map<string, string>();

/** One copy of a text that comes again and again, as names do. */
export function intern(text: string): string {
  const known = interned.get(text);
  if (known !== undefined) return known;
  if (interned.size >= MAX_INTERNED) interned.clear();
  interned.set(text, text);
  return text;
}
