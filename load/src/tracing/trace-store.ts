import { criticalPath } from './critical-path.js';
import { EdgeStatistics } from './edge-statistics.js';
import { KeptTraces } from './kept-traces.js';
import { OperationBook, type BookedOperation } from './operation-book.js';
import { OperationStatistics } from './operation-statistics.js';
import { Stitcher, STITCH_LIMITS, type StitchDecision, type StitchLimits } from './stitcher.js';
import { injectedMsOf, LOAD_SERVICE, subjectOf, type TraceSpan } from './trace-span.js';
import type { TraceSummary } from './trace-summary.js';
import { treeOf } from './trace-tree.js';

export interface StoreLimits {
  /** Spans of operations that are not worked out yet. */
  readonly maxOpenSpans: number;
  readonly maxSpansOfTrace: number;
  /** Time the processes have to send their spans after an operation's end. */
  readonly graceMs: number;
  /** Time an operation waits longer because some spans cannot be told from another operation's yet. */
  readonly undecidedMs: number;
  readonly stitch: StitchLimits;
}

export const STORE_LIMITS: StoreLimits = {
  maxOpenSpans: 200_000,
  maxSpansOfTrace: 2000,
  graceMs: 3000,
  undecidedMs: 120_000,
  stitch: STITCH_LIMITS,
};

/** How often spans that could not be told are looked at again when a run is over. */
const LAST_LOOKS = 10;
/** Names kept of services that sent spans. */
const MAX_SERVICES = 200;
/** Ended operations stay known for so long: spans without a trace may come late. */
const REMEMBERED_MS = 180_000;

interface OpenTrace {
  readonly booked: BookedOperation;
  readonly spans: TraceSpan[];
  root?: TraceSpan;
  endedAtMs: number;
}

/**
 * Puts spans of all processes together by operation. When an operation has ended and its spans have had time to arrive, its critical path is
 * worked out, added up by step, and the spans are let go, but for the slowest and the failed operations, which are kept whole. Memory is bounded.
 */
export class TraceStore {
  private readonly open = new Map<string, OpenTrace>();
  private readonly book = new OperationBook();
  private readonly stitcher: Stitcher;
  private readonly edges = new EdgeStatistics();
  private readonly statistics = new OperationStatistics();
  private readonly kept = new KeptTraces();
  private readonly services = new Map<string, number>();
  private readonly intake = { spans: 0, lateSpans: 0, evictedSpans: 0 };
  private openSpans = 0;
  /** Whether generators elsewhere take part: their last operations may still be on their way. */
  private hasRemoteGenerators = false;

  constructor(private readonly limits: StoreLimits = STORE_LIMITS) {
    this.stitcher = new Stitcher(this.book, limits.stitch);
  }

  /** An operation begins. */
  begin(traceId: string, operation: string, startMs: number): void {
    const booked = this.book.begin(traceId, operation, startMs);
    const spans = this.stitcher.release(traceId);
    this.openSpans += spans.length;
    this.open.set(traceId, { booked, spans, endedAtMs: Infinity });
  }

  /** The operation is done for this person. */
  concerns(traceId: string, subject: string): void {
    this.book.concerns(traceId, subject);
  }

  /** Takes spans of any process at `nowMs`; those of the generator end its operations. */
  add(spans: readonly TraceSpan[], nowMs: number): void {
    for (const span of spans) this.take(span, nowMs);
  }

  /** Works out what has ended long enough ago; to be called about every second. */
  tick(nowMs: number): void {
    this.stitcher.look();
    for (const trace of this.open.values()) {
      const waitedMs = nowMs - trace.endedAtMs;
      if (waitedMs < this.limits.graceMs) continue;
      if (waitedMs < this.limits.undecidedMs && this.stitcher.isUndecided(trace.booked)) continue;
      this.conclude(trace);
    }
    this.stitcher.expire(nowMs);
    this.book.forget(nowMs - REMEMBERED_MS);
  }

  /** What became of the spans that came without their trace. */
  get decisions(): readonly StitchDecision[] {
    return this.stitcher.decisions;
  }

  /** Whether operations that have ended still wait for spans. */
  hasUnsettled(nowMs: number): boolean {
    if (this.hasRemoteGenerators) return true;
    return [...this.open.values()].some(({ endedAtMs }) => nowMs - endedAtMs < this.limits.graceMs);
  }

  /** Works out everything that has ended and tells what was found. */
  finish(): Pick<TraceSummary, 'operations' | 'steps' | 'edges' | 'kept' | 'stitching'> & {
    readonly intake: Omit<TraceSummary['intake'], 'rejectedSpans' | 'refusedRequests'>;
  } {
    const ended = [...this.open.values()].filter(({ root }) => root !== undefined);
    // Every look teaches: what could not be told at first may be told once all have been looked at.
    for (let look = 0; look < LAST_LOOKS; look += 1) this.stitcher.look();
    for (const trace of ended) this.conclude(trace);
    this.stitcher.expire(0, true);
    const evictedSpans = this.intake.evictedSpans + this.stitcher.evicted;
    return {
      operations: this.statistics.completeness(),
      intake: { ...this.intake, evictedSpans, services: Object.fromEntries(this.services) },
      steps: this.statistics.steps(),
      edges: this.edges.figures(),
      kept: this.kept.all(),
      stitching: this.stitcher.summary(),
    };
  }

  private take(span: TraceSpan, nowMs: number): void {
    this.count(span);
    const trace = this.traceOf(span);
    if (trace === undefined) {
      if (this.book.find(span.traceId) !== undefined) this.intake.lateSpans += 1;
      else this.stitcher.add(span, nowMs);
      return;
    }
    if (trace.spans.length >= this.limits.maxSpansOfTrace) {
      this.intake.evictedSpans += 1;
      return;
    }
    trace.spans.push(span);
    this.openSpans += 1;
    if (span.service === LOAD_SERVICE) this.takeOwn(trace, span, nowMs);
    if (this.openSpans > this.limits.maxOpenSpans) this.evictOldest();
  }

  /** Generators elsewhere do not tell when an operation begins: its first span of theirs does. */
  private traceOf({ traceId, service, startMs }: TraceSpan): OpenTrace | undefined {
    const known = this.open.get(traceId);
    if (known !== undefined || service !== LOAD_SERVICE || this.book.find(traceId) !== undefined) return known;
    this.hasRemoteGenerators = true;
    this.begin(traceId, '', startMs);
    return this.open.get(traceId);
  }

  private takeOwn(trace: OpenTrace, span: TraceSpan, nowMs: number): void {
    const { booked } = trace;
    if (span.parentId !== undefined) {
      if (booked.operation !== '') this.noteStep(booked, span);
      booked.steps.push(span);
      return;
    }
    const isNew = booked.operation === '';
    trace.root = span;
    trace.endedAtMs = nowMs;
    Object.assign(booked, { operation: span.name, startMs: span.startMs, endMs: span.endMs });
    if (isNew) for (const step of distinct(booked.steps)) this.stitcher.reaches(booked, step);
    const subject = subjectOf(span);
    if (subject !== undefined) this.concerns(span.traceId, subject);
  }

  private noteStep(booked: BookedOperation, { name }: TraceSpan): void {
    if (!booked.steps.some((step) => step.name === name)) this.stitcher.reaches(booked, name);
  }

  private count({ service }: TraceSpan): void {
    this.intake.spans += 1;
    if (this.services.has(service) || this.services.size < MAX_SERVICES)
      this.services.set(service, (this.services.get(service) ?? 0) + 1);
  }

  /** The operation that began first gives way: it is the likeliest never to end. */
  private evictOldest(): void {
    const [oldest] = this.open.values();
    if (oldest === undefined) return;
    this.intake.evictedSpans += oldest.spans.length;
    this.book.end(oldest.booked.traceId, 0);
    this.close(oldest);
  }

  private close(trace: OpenTrace): void {
    this.open.delete(trace.booked.traceId);
    this.openSpans -= trace.spans.length;
  }

  private conclude(trace: OpenTrace): void {
    const { root, booked, spans } = trace;
    this.close(trace);
    if (root === undefined) return;
    const stitched = this.stitcher
      .take(booked)
      .map((span) => (span.parentId ? span : { ...span, parentId: root.spanId }));
    // Preparation is not load: its spans are only kept from being taken for somebody else's.
    if (root.attributes['poligon.step'] === undefined) return;
    const tree = treeOf(root, [...spans, ...stitched]);
    const path = criticalPath(tree);
    for (const node of tree.nodes) this.edges.add(node, injectedMsOf(node.span));
    this.statistics.add(tree, path);
    this.kept.offer(tree, path, [...booked.subjects][0]);
  }
}

function distinct(steps: readonly TraceSpan[]): ReadonlySet<string> {
  return new Set(steps.map(({ name }) => name));
}
