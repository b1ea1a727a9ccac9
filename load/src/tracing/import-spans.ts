import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Sample } from '../engine/sample.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import { criticalPath } from './critical-path.js';
import { OperationBook } from './operation-book.js';
import { Stitcher } from './stitcher.js';
import { LOAD_SERVICE, type TraceSpan } from './trace-span.js';
import type { KeptTrace, StitchFigures } from './trace-summary.js';
import { treeOf } from './trace-tree.js';

/** What an import did. */
export interface ImportOutcome {
  readonly spans: number;
  /** Spans whose operation is known, by trace id or by person. */
  readonly matched: number;
  /** Kept traces that show imported spans now. */
  readonly traces: number;
  readonly stitching: StitchFigures;
}

/**
 * Adds spans from elsewhere (a log, a database) to a finished run: each goes to its operation by trace id, or by person and time among all operations of
 * the run, and into the kept traces, whose critical paths are worked out anew. Rewrites traces.json; the report is to be rendered again.
 */
export async function importSpans(folder: RunFolder, spans: readonly TraceSpan[]): Promise<ImportOutcome> {
  const summary = folder.read('traces.json');
  const book = await bookOf(folder);
  const kept = new Map(summary.kept.map((trace) => [trace.traceId, trace]));
  // Calls of operations are known of the kept ones only; the others are matched by their times.
  for (const { traceId, spans: own } of summary.kept) {
    book.find(traceId)?.steps.push(...own.filter(({ service, parentId }) => service === LOAD_SERVICE && parentId));
  }
  const byTrace = new Map<string, TraceSpan[]>();
  const stitcher = new Stitcher(book);
  let matched = 0;
  for (const span of spans) {
    if (book.find(span.traceId) === undefined) stitcher.add(span, 0);
    else {
      matched += 1;
      push(byTrace, span);
    }
  }
  stitcher.look();
  for (const operation of book.all()) {
    for (const span of stitcher.take(operation)) {
      matched += 1;
      push(byTrace, span);
    }
  }
  stitcher.expire(0, true);
  let traces = 0;
  for (const [traceId, added] of byTrace) {
    const trace = kept.get(traceId);
    if (trace === undefined) continue;
    traces += 1;
    kept.set(traceId, extended(trace, added));
  }
  folder.write('traces.json', { ...summary, kept: summary.kept.map(({ traceId }) => kept.get(traceId)!) });
  return { spans: spans.length, matched, traces, stitching: stitcher.summary() };
}

/** All operations of the run as its samples tell. */
async function bookOf(folder: RunFolder): Promise<OperationBook> {
  const book = new OperationBook();
  const lines = createInterface({ input: createReadStream(folder.file('samples.ndjson')) });
  for await (const line of lines) {
    if (line === '') continue;
    const { traceId, operation, started, completed, subject } = JSON.parse(line) as Sample;
    if (traceId === undefined || started === undefined || completed === undefined) continue;
    book.begin(traceId, operation, started);
    book.end(traceId, completed);
    if (subject !== undefined) book.concerns(traceId, subject);
  }
  return book;
}

function push(byTrace: Map<string, TraceSpan[]>, span: TraceSpan): void {
  const list = byTrace.get(span.traceId);
  if (list === undefined) byTrace.set(span.traceId, [span]);
  else list.push(span);
}

function extended(trace: KeptTrace, added: readonly TraceSpan[]): KeptTrace {
  const root = trace.spans[0]!;
  const known = new Set(trace.spans.map(({ spanId }) => spanId));
  const fresh = added
    .filter(({ spanId }) => !known.has(spanId))
    .map((span) => (span.parentId === undefined ? { ...span, parentId: root.spanId } : span));
  const tree = treeOf(root, [...trace.spans, ...fresh]);
  const path = criticalPath(tree);
  return {
    ...trace,
    spans: tree.nodes.map(({ span, startMs, endMs }) => ({ ...span, startMs, endMs })),
    path: path.stretches.map(({ node, fromMs, toMs }) => ({ spanId: node.span.spanId, fromMs, toMs })),
    parts: path.parts,
  };
}
