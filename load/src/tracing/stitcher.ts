import type { BookedOperation, OperationBook } from './operation-book.js';
import { StitchHabits } from './stitch-habits.js';
import type { StitchFigures } from './trace-summary.js';
import { subjectOf, type TraceSpan } from './trace-span.js';

/** Spans that share a trace id nobody here began. */
interface Group {
  readonly spans: TraceSpan[];
  subject?: string;
  /** Time of arrival of the newest span. */
  heardMs: number;
  /** The operation it was matched to. */
  match?: BookedOperation;
  confidence?: 'sole' | 'likely';
}

export interface StitchLimits {
  /** Spans that wait for their operation at most. */
  readonly maxSpans: number;
  /** Spans that began so long after an operation's end may still be its work. */
  readonly tailMs: number;
  /** Clocks of two machines may differ by so much. */
  readonly skewMs: number;
  /** How long a group waits for an operation it fits. */
  readonly patienceMs: number;
}

export const STITCH_LIMITS: StitchLimits = { maxSpans: 50_000, tailMs: 5000, skewMs: 20, patienceMs: 600_000 };

/**
 * Gives spans that came without their trace back to the operation that was in progress for their person. One operation in progress: its
 * span. Several: the one whose habits it fits, when the others' habits exclude it. Otherwise it stays unknown: a wrong answer is worse than none.
 */
export class Stitcher {
  private readonly habits = new StitchHabits();
  private readonly groups = new Map<string, Group>();
  private readonly bySubject = new Map<string, Set<Group>>();
  private waiting = 0;
  private readonly figures = { groups: 0, sole: 0, likely: 0, ambiguous: 0, unknown: 0, spans: 0 };
  /** Spans given up because too many waited. */
  evicted = 0;

  constructor(
    private readonly book: OperationBook,
    private readonly limits: StitchLimits = STITCH_LIMITS,
  ) {}

  /** Takes a span of an unknown trace. */
  add(span: TraceSpan, nowMs: number): void {
    let group = this.groups.get(span.traceId);
    if (group === undefined) {
      group = { spans: [], heardMs: nowMs };
      this.groups.set(span.traceId, group);
      this.figures.groups += 1;
    }
    group.spans.push(span);
    group.heardMs = nowMs;
    this.waiting += 1;
    if (group.subject === undefined) this.nameSubject(group, subjectOf(span));
    while (this.waiting > this.limits.maxSpans) this.evictOldest();
  }

  /** Gives back the spans of a trace that turns out to be known. */
  release(traceId: string): TraceSpan[] {
    const group = this.groups.get(traceId);
    if (group === undefined) return [];
    this.forgetGroup(group);
    this.figures.groups -= 1;
    return group.spans;
  }

  /** Whether a group that may be this operation's cannot be told yet, but could be once more operations have been seen. */
  isUndecided(operation: BookedOperation): boolean {
    return this.groupsOf(operation).some((group) => {
      if (this.matched(group) !== undefined) return false;
      return this.candidatesOf(group).includes(operation);
    });
  }

  /** Spans matched to an operation that is over; they are handed out once. */
  take(operation: BookedOperation): TraceSpan[] {
    const taken: TraceSpan[] = [];
    for (const group of this.groupsOf(operation)) {
      if (this.matched(group) !== operation) continue;
      this.forgetGroup(group);
      this.figures[group.confidence!] += 1;
      this.figures.spans += group.spans.length;
      if (group.confidence === 'sole') this.habits.learn(operation, headOf(group));
      taken.push(...group.spans.map((span) => placed(span, group, operation)));
    }
    this.habits.finished(operation);
    return taken;
  }

  /** Gives up groups nobody asked for within the patience; with `all` every one that is left. */
  expire(nowMs: number, all = false): void {
    for (const group of this.groups.values()) {
      if (!all && nowMs - group.heardMs < this.limits.patienceMs) continue;
      this.forgetGroup(group);
      this.figures[this.candidatesOf(group).length > 1 ? 'ambiguous' : 'unknown'] += 1;
    }
  }

  summary(): StitchFigures {
    return { ...this.figures };
  }

  private groupsOf({ subjects }: BookedOperation): Group[] {
    return [...subjects].flatMap((subject) => [...(this.bySubject.get(subject) ?? [])]);
  }

  /** The operation a group belongs to; undefined when it cannot be told. */
  private matched(group: Group): BookedOperation | undefined {
    if (group.match !== undefined) return group.match;
    const candidates = this.candidatesOf(group);
    if (candidates.length === 0) return undefined;
    const head = headOf(group);
    group.match = candidates.length === 1 ? candidates[0] : this.habits.choose(candidates, head);
    if (group.match !== undefined) group.confidence = candidates.length === 1 ? 'sole' : 'likely';
    return group.match;
  }

  private candidatesOf(group: Group): readonly BookedOperation[] {
    const { tailMs, skewMs } = this.limits;
    const { startMs } = headOf(group);
    const concerned = group.subject === undefined ? [] : this.book.of(group.subject);
    return concerned.filter((each) => startMs >= each.startMs - skewMs && startMs <= each.endMs + tailMs);
  }

  private nameSubject(group: Group, subject: string | undefined): void {
    if (subject === undefined) return;
    group.subject = subject;
    const others = this.bySubject.get(subject);
    if (others === undefined) this.bySubject.set(subject, new Set([group]));
    else others.add(group);
  }

  private forgetGroup(group: Group): void {
    this.groups.delete(group.spans[0]!.traceId);
    this.waiting -= group.spans.length;
    if (group.subject === undefined) return;
    const others = this.bySubject.get(group.subject);
    others?.delete(group);
    if (others?.size === 0) this.bySubject.delete(group.subject);
  }

  private evictOldest(): void {
    const [oldest] = this.groups.values();
    if (oldest === undefined) return;
    this.evicted += oldest.spans.length;
    this.forgetGroup(oldest);
  }
}

/** The span the others of its group began after. */
function headOf({ spans }: Group): TraceSpan {
  return spans.reduce((first, span) => (span.startMs < first.startMs ? span : first));
}

/** A span of a matched group as part of the operation's trace: what has no parent of its own hangs under the call it fell into. */
function placed(span: TraceSpan, group: Group, operation: BookedOperation): TraceSpan {
  const hasParent = group.spans.some(({ spanId }) => spanId === span.parentId);
  const own: TraceSpan = { ...span, traceId: operation.traceId };
  if (hasParent) return own;
  const caller = callerAt(operation, span.startMs);
  own.attributes = { ...span.attributes, 'poligon.stitched': group.confidence! };
  if (caller === undefined) delete own.parentId;
  else own.parentId = caller.spanId;
  return own;
}

/** The operation's own call that was open at a moment, the latest to begin of several. */
function callerAt({ steps }: BookedOperation, atMs: number): TraceSpan | undefined {
  const open = steps.filter(({ kind, startMs, endMs }) => kind === 'client' && startMs <= atMs && atMs <= endMs);
  return open.reduce<TraceSpan | undefined>(
    (last, step) => (last && last.startMs > step.startMs ? last : step),
    undefined,
  );
}
