import { Injectable } from '@nestjs/common';
import {
  carried,
  carriedJob,
  Clock,
  Logger,
  outsideTraces,
  ResetOnAdmin,
  type CancelTimer,
  type Resettable,
} from '@poligon/emulator-kit';
import { TickHeap } from './tick-heap.js';

/** Something that falls due. */
export interface Due {
  run(): void;
}

/** A step that many things take, each at its own time: nothing is made for one of them. */
export interface Step<T> {
  /** `tickMs` is the whole millisecond it was due at. */
  take(thing: T, tickMs: number): void;
}

/** `carried` gives this very function back outside all traces. */
const nothing = (): void => undefined;

const RUN: Step<Due> = { take: (due) => due.run() };

/** Longest turn: a storm must not hold up sockets, and sockets that are busy must not hold up what is due. */
const TURN_MS = 2;
/** Things run between two looks at the clock. */
const LOOK_EVERY = 100;

/** Largest number of things a bucket is made for; beyond it the bucket grows as they come. */
const MAX_EXPECTED = 256;

/** What falls due in one millisecond. */
class Bucket {
  readonly steps: Step<unknown>[];
  readonly things: unknown[];
  count = 0;
  /** Things before this one have been run. */
  from = 0;

  constructor(expected: number) {
    const places = Math.min(expected, MAX_EXPECTED);
    this.steps = new Array<Step<unknown>>(places);
    this.things = new Array<unknown>(places);
  }

  push(step: Step<never>, thing: unknown): this {
    this.steps[this.count] = step;
    this.things[this.count] = thing;
    this.count += 1;
    return this;
  }
}

/**
 * Millions of pending deliveries on one timer: what falls due in the same millisecond shares a bucket, and only the earliest bucket is armed.
 * Nothing runs early; what was scheduled first runs first.
 */
@Injectable()
@ResetOnAdmin()
export class TimingWheel implements Resettable {
  private readonly buckets = new Map<number, Bucket>();
  /** Things of the fullest of the last buckets: the next one is made for as many. */
  private expected = 0;
  private readonly ticks = new TickHeap();
  private disarm: CancelTimer | undefined;
  private armedTick = Infinity;
  private pending = 0;

  constructor(
    readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Things that wait. */
  get size(): number {
    return this.pending;
  }

  /** Runs `due` once monotonic time has reached `atMs`; never inside this call. */
  schedule(atMs: number, due: Due): void {
    this.put(Math.ceil(atMs), RUN, carriedJob(due));
  }

  /** Has `thing` take a step at `tickMs`, a whole millisecond. */
  send<T>(tickMs: number, step: Step<T>, thing: T): void {
    if (carried(nothing) === nothing) this.put(tickMs, step, thing);
    else this.schedule(tickMs, { run: () => step.take(thing, tickMs) });
  }

  private put<T>(tick: number, step: Step<T>, thing: T): void {
    const bucket = this.buckets.get(tick);
    this.pending += 1;
    if (bucket !== undefined) {
      bucket.push(step, thing);
      return;
    }
    this.buckets.set(tick, new Bucket(this.expected).push(step, thing));
    this.ticks.push(tick);
    if (tick < this.armedTick) this.arm(tick);
  }

  /** Runs `due` `delayMs` from now. */
  after(delayMs: number, due: Due): void {
    this.schedule(this.clock.monotonicMs() + Math.max(0, delayMs), due);
  }

  /** Forgets everything that waits. */
  reset(): void {
    this.disarm?.();
    this.disarm = undefined;
    this.armedTick = Infinity;
    this.buckets.clear();
    this.ticks.clear();
    this.pending = 0;
  }

  private arm(tick: number): void {
    this.disarm?.();
    this.armedTick = tick;
    this.disarm = outsideTraces(() => this.clock.after(tick - this.clock.monotonicMs(), () => this.turn()));
  }

  private turn(): void {
    this.disarm = undefined;
    this.armedTick = Infinity;
    const nowMs = this.clock.monotonicMs();
    let left = LOOK_EVERY;
    for (let tick = this.ticks.peek(); tick !== undefined && tick <= nowMs; tick = this.ticks.peek()) {
      left -= this.runBucket(tick, left);
      if (left > 0) continue;
      if (this.clock.monotonicMs() - nowMs >= TURN_MS) break;
      left = LOOK_EVERY;
    }
    const next = this.ticks.peek();
    if (next !== undefined && next < this.armedTick) this.arm(next);
  }

  /** Runs at most `limit` things of a bucket and returns how many. */
  private runBucket(tick: number, limit: number): number {
    const bucket = this.buckets.get(tick)!;
    const { from } = bucket;
    const to = Math.min(bucket.count, from + limit);
    bucket.from = to;
    if (to === bucket.count) {
      this.buckets.delete(tick);
      this.ticks.pop();
      this.expected = Math.max(bucket.count, this.expected - (this.expected >> 4));
    }
    this.pending -= to - from;
    for (let at = from; at < to; at += 1) this.runOne(bucket.steps[at]!, bucket.things[at], tick);
    return to - from;
  }

  /** One thing that fails must not take the others with it. */
  private runOne(step: Step<unknown>, thing: unknown, tick: number): void {
    try {
      step.take(thing, tick);
    } catch (failure) {
      this.logger.error('schedule.failed', { failure: failure instanceof Error ? failure.stack : String(failure) });
    }
  }
}
