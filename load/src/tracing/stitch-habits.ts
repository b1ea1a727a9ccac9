import type { BookedOperation } from './operation-book.js';
import { WAITS } from './part.js';
import type { TraceSpan } from './trace-span.js';

/** Lags are told apart by doublings: 0–1 ms, 1–3, 3–7 … */
const LAGS = 24;
/** What is granted to a call nobody has been seen to make: it may be the first. */
const DOUBT = 0.001;

/** So many operations of a kind say little: habits grow into their strength. */
const FEW = 5;

/** A span's likelihood as the work of each of some operations. */
export interface Likelihood {
  readonly operation: BookedOperation;
  /** Such spans that an operation of this kind causes at this moment of its course, on average. */
  readonly rate: number;
}

/**
 * Which outer calls operations make at which of their moments and how soon: a code is sent right after a signature was asked for, not ten seconds
 * later. Learned from the run itself; a span that several operations could have caused counts for each by its likelihood so far.
 */
export class StitchHabits {
  private readonly seen = new Map<string, Float64Array>();
  /** How many operations of a kind have made a call, by kind and call. */
  private readonly reached = new Map<string, number>();

  /** Notes that an operation of a kind has made a call for the first time. */
  reaches(operation: string, call: string): void {
    const moment = `${operation}|${call}`;
    this.reached.set(moment, (this.reached.get(moment) ?? 0) + 1);
  }

  /** Adds `weight` (less than 0 takes back) to the habit of `operation` to cause spans like this one. */
  learn(operation: BookedOperation, span: TraceSpan, weight: number): void {
    const { key, lag } = whenOf(operation, span);
    let lags = this.seen.get(key);
    if (lags === undefined) this.seen.set(key, (lags = new Float64Array(LAGS)));
    lags[lag]! += weight;
  }

  rates(candidates: readonly BookedOperation[], span: TraceSpan): Likelihood[] {
    return candidates.map((operation) => ({ operation, rate: this.rate(operation, span) }));
  }

  private rate(operation: BookedOperation, span: TraceSpan): number {
    const { key, moment, lag } = whenOf(operation, span);
    const lags = this.seen.get(key);
    if (lags === undefined) return DOUBT;
    const near = lags[lag]! + ((lags[lag - 1] ?? 0) + (lags[lag + 1] ?? 0)) / 2;
    return near / ((this.reached.get(moment) ?? 0) + FEW) + DOUBT;
  }
}

/** The moment of its course an operation was in when a span began, and how long it had been in it. */
function whenOf({ operation, steps, startMs, endMs }: BookedOperation, span: TraceSpan) {
  const begun = steps.filter((step) => step.startMs <= span.startMs + 1 && !isWait(step));
  begun.sort((left, right) => left.startMs - right.startMs);
  const known = new Set<string>();
  // Reading again and again is no progress: the moment is that of the newest call made for the first time.
  let newest: TraceSpan | undefined;
  for (const step of begun) {
    if (!known.has(step.name)) newest = step;
    known.add(step.name);
  }
  const ended = span.startMs > endMs ? ' over' : '';
  const lagMs = Math.max(0, span.startMs - (newest?.startMs ?? startMs));
  const lag = Math.min(LAGS - 1, Math.floor(Math.log2(lagMs + 1)));
  const moment = `${operation}|${newest?.name ?? ''}`;
  return { key: `${moment}${ended}|${span.service}|${span.name}`, moment, lag };
}

/** Whether a span of the generator is a pause, not a call. */
function isWait({ name }: TraceSpan): boolean {
  return name === WAITS.otp || name === WAITS.poll || name === WAITS.think;
}
