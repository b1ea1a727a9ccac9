import type { BookedOperation, OperationBook } from './operation-book.js';
import { callerAt, StitchGroup } from './stitch-group.js';
import { StitchHabits } from './stitch-habits.js';
import type { TraceSpan } from './trace-span.js';
import type { StitchFigures } from './trace-summary.js';

/** What became of one group of spans. */
export interface StitchDecision {
  /** Trace id the group came with. */
  readonly traceId: string;
  /** Service and name of its first span. */
  readonly service: string;
  readonly name: string;
  readonly subject?: string;
  readonly verdict: 'sole' | 'likely' | 'ambiguous' | 'unknown';
  /** Trace of the operation it was given to. */
  readonly operation?: string;
}

/** Decisions remembered for the run folder. */
const MAX_DECISIONS = 100_000;
/** Of several operations one is chosen when it is so much likelier than all others together … */
const SURE = 0.98;
/** … and at least this share of its kind makes such a call at such a moment. */
const USUAL = 0.03;
/** Spans that name nobody are given only to operations that nearly always make such a call. */
const USUAL_UNNAMED = 0.15;

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

export const STITCH_LIMITS: StitchLimits = { maxSpans: 50_000, tailMs: 5000, skewMs: 20, patienceMs: 150_000 };

/**
 * Gives spans that came without their trace back to the operation that was in progress for their person. One operation in progress: its
 * span. Several: the one whose habits it fits far better than the others'. Spans that name nobody are given to the operation whose call was open and
 * which nearly always makes them. Otherwise they stay unknown: a wrong answer is worse than none.
 */
export class Stitcher {
  private readonly habits = new StitchHabits();
  private readonly groups = new Map<string, StitchGroup>();
  /** Groups by person; those of nobody under the empty key. */
  private readonly bySubject = new Map<string, Set<StitchGroup>>();
  private waiting = 0;
  private readonly figures = { groups: 0, sole: 0, likely: 0, ambiguous: 0, unknown: 0, spans: 0 };
  /** Spans given up because too many waited. */
  evicted = 0;
  readonly decisions: StitchDecision[] = [];

  constructor(
    private readonly book: OperationBook,
    private readonly limits: StitchLimits = STITCH_LIMITS,
  ) {}

  /** Takes a span of an unknown trace. */
  add(span: TraceSpan, nowMs: number): void {
    const known = this.groups.get(span.traceId);
    this.waiting += 1;
    if (known === undefined) {
      const group = new StitchGroup(span, nowMs);
      this.groups.set(span.traceId, group);
      this.figures.groups += 1;
      this.file(group);
    } else {
      this.unfile(known);
      known.add(span, nowMs);
      this.file(known);
    }
    while (this.waiting > this.limits.maxSpans) this.evictOldest();
  }

  /** Gives back the spans of a trace that turns out to be known. */
  release(traceId: string): TraceSpan[] {
    const group = this.groups.get(traceId);
    if (group === undefined) return [];
    this.forget(group);
    this.figures.groups -= 1;
    return group.spans;
  }

  /** Looks at every group again: what could not be told at first may be told once more operations have been seen. */
  look(): void {
    for (const group of this.groups.values()) this.judge(group);
  }

  /** Whether a group that may be this operation's cannot be told yet. */
  isUndecided(operation: BookedOperation): boolean {
    return this.groupsOf(operation).some(
      ({ match, candidates }) => match === undefined && candidates.includes(operation),
    );
  }

  /** Notes that an operation has made a call for the first time. */
  reaches({ operation }: BookedOperation, call: string): void {
    this.habits.reaches(operation, call);
  }

  /** Spans matched to an operation that is over; they are handed out once. */
  take(operation: BookedOperation): TraceSpan[] {
    const taken: TraceSpan[] = [];
    for (const group of this.groupsOf(operation)) {
      if (group.match !== operation) continue;
      this.forget(group);
      this.decide(group, group.confidence!);
      this.figures.spans += group.spans.length;
      taken.push(...group.placed(operation));
    }
    return taken;
  }

  /** Gives up groups nobody asked for within the patience; with `all` every one that is left. */
  expire(nowMs: number, all = false): void {
    for (const group of this.groups.values()) {
      if (!all && nowMs - group.heardMs < this.limits.patienceMs) continue;
      this.forget(group);
      // Its operation may be known and yet have been worked out without it.
      this.decide(group, group.confidence ?? (group.candidates.length > 1 ? 'ambiguous' : 'unknown'));
    }
  }

  summary(): StitchFigures {
    return { ...this.figures };
  }

  private decide(group: StitchGroup, verdict: StitchDecision['verdict']): void {
    this.figures[verdict] += 1;
    if (this.decisions.length >= MAX_DECISIONS) return;
    const { service, name } = group.head;
    const { traceId, subject, match } = group;
    this.decisions.push({ traceId, service, name, subject, verdict, operation: match?.traceId });
  }

  private groupsOf({ subjects }: BookedOperation): StitchGroup[] {
    return ['', ...subjects].flatMap((subject) => [...(this.bySubject.get(subject) ?? [])]);
  }

  /** Weighs the operations a group may belong to, lets the habits learn from it, and matches it when there is no doubt. */
  private judge(group: StitchGroup): void {
    if (group.match !== undefined) return;
    for (const { operation, weight } of group.taught) this.habits.learn(operation, group.head, -weight);
    group.candidates = this.candidatesOf(group);
    const rates = this.habits.rates(group.candidates, group.head);
    const total = rates.reduce((sum, { rate }) => sum + rate, 0);
    group.taught = rates.map(({ operation, rate }) => ({ operation, weight: rate / total }));
    for (const { operation, weight } of group.taught) this.habits.learn(operation, group.head, weight);
    const best = rates.sort((left, right) => right.rate - left.rate)[0];
    if (best === undefined) return;
    const isNamed = group.subject !== undefined;
    if (isNamed && rates.length === 1) group.confidence = 'sole';
    else if (best.rate / total >= SURE && best.rate >= (isNamed ? USUAL : USUAL_UNNAMED)) group.confidence = 'likely';
    else return;
    group.match = best.operation;
  }

  private candidatesOf({ subject, head }: StitchGroup): readonly BookedOperation[] {
    const { tailMs, skewMs } = this.limits;
    const { startMs, endMs } = head;
    if (subject === undefined) {
      return this.book.all().filter((each) => {
        const call = each.startMs <= startMs && startMs <= each.endMs ? callerAt(each, startMs) : undefined;
        return call !== undefined && endMs <= call.endMs + skewMs;
      });
    }
    return this.book.of(subject).filter((each) => startMs >= each.startMs - skewMs && startMs <= each.endMs + tailMs);
  }

  private file(group: StitchGroup): void {
    const key = group.subject ?? '';
    const others = this.bySubject.get(key);
    if (others === undefined) this.bySubject.set(key, new Set([group]));
    else others.add(group);
  }

  private unfile(group: StitchGroup): void {
    const key = group.subject ?? '';
    const others = this.bySubject.get(key);
    others?.delete(group);
    if (others?.size === 0) this.bySubject.delete(key);
  }

  private forget(group: StitchGroup): void {
    this.groups.delete(group.traceId);
    this.waiting -= group.spans.length;
    this.unfile(group);
  }

  private evictOldest(): void {
    const [oldest] = this.groups.values();
    if (oldest === undefined) return;
    this.evicted += oldest.spans.length;
    this.forget(oldest);
  }
}
