import type { BookedOperation } from './operation-book.js';
import { WAITS } from './part.js';
import type { TraceSpan } from './trace-span.js';

/** A habit is believed when at least this share of operations shows it. */
const USUAL = 0.25;
/** And its absence when less than this share does. */
const UNUSUAL = 0.02;
/** Operations of a kind that must have been seen before its habits mean anything. */
const ENOUGH = 5;

/**
 * Which outer calls an operation makes at which of its moments, learned from spans that only one operation could have caused: a code is sent
 * after a signature was asked for, not while a registry is read.
 */
export class StitchHabits {
  private readonly seen = new Map<string, number>();
  private readonly operations = new Map<string, number>();

  /** Notes a span of which it is certain that `operation` caused it. */
  learn(operation: BookedOperation, span: TraceSpan): void {
    const key = keyOf(operation, span);
    this.seen.set(key, (this.seen.get(key) ?? 0) + 1);
  }

  /** Notes that an operation is over. */
  finished({ operation }: BookedOperation): void {
    this.operations.set(operation, (this.operations.get(operation) ?? 0) + 1);
  }

  /** The only one of several operations whose habit the span fits, or undefined. */
  choose(candidates: readonly BookedOperation[], span: TraceSpan): BookedOperation | undefined {
    const rates = candidates.map((candidate) => this.rate(candidate, span));
    if (rates.some((rate) => rate === undefined)) return undefined;
    const usual = candidates.filter((_, at) => rates[at]! >= USUAL);
    const others = rates.filter((rate) => rate! < USUAL);
    return usual.length === 1 && others.every((rate) => rate! < UNUSUAL) ? usual[0] : undefined;
  }

  /** How many such spans an operation causes at this moment of its course, on average. */
  private rate(operation: BookedOperation, span: TraceSpan): number | undefined {
    const count = this.operations.get(operation.operation) ?? 0;
    return count < ENOUGH ? undefined : (this.seen.get(keyOf(operation, span)) ?? 0) / count;
  }
}

function keyOf(operation: BookedOperation, span: TraceSpan): string {
  return `${operation.operation}|${momentOf(operation, span.startMs)}|${span.service}|${span.name}`;
}

/** The call to the system under test that was the last to begin before a moment. */
function momentOf({ steps, endMs }: BookedOperation, atMs: number): string {
  let last: TraceSpan | undefined;
  for (const step of steps) {
    if (step.startMs > atMs || isWait(step)) continue;
    if (last === undefined || step.startMs > last.startMs) last = step;
  }
  return `${last?.name ?? 'begin'}${atMs > endMs ? ' after' : ''}`;
}

function isWait({ name }: TraceSpan): boolean {
  return name === WAITS.otp || name === WAITS.poll || name === WAITS.think;
}
