import { Injectable } from '@nestjs/common';
import {
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

/** Things run in one turn of the event loop; a storm must not hold up sockets. */
const MAX_PER_TURN = 2000;

/**
 * Millions of pending deliveries on one timer: what falls due in the same millisecond shares a bucket, and only the earliest bucket is armed.
 * Nothing runs early; what was scheduled first runs first.
 */
@Injectable()
@ResetOnAdmin()
export class TimingWheel implements Resettable {
  private readonly buckets = new Map<number, Due[]>();
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
  schedule(atMs: number, job: Due): void {
    const due = carriedJob(job);
    const tick = Math.ceil(atMs);
    const bucket = this.buckets.get(tick);
    this.pending += 1;
    if (bucket !== undefined) {
      bucket.push(due);
      return;
    }
    this.buckets.set(tick, [due]);
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
    let left = MAX_PER_TURN;
    for (let tick = this.ticks.peek(); tick !== undefined && tick <= nowMs && left > 0; tick = this.ticks.peek()) {
      left -= this.runBucket(tick, left);
    }
    const next = this.ticks.peek();
    if (next !== undefined && next < this.armedTick) this.arm(next);
  }

  /** Runs at most `limit` things of a bucket and returns how many. */
  private runBucket(tick: number, limit: number): number {
    const bucket = this.buckets.get(tick)!;
    const isWhole = bucket.length <= limit;
    const batch = isWhole ? bucket : bucket.splice(0, limit);
    if (isWhole) {
      this.buckets.delete(tick);
      this.ticks.pop();
    }
    this.pending -= batch.length;
    for (const due of batch) this.runOne(due);
    return batch.length;
  }

  /** One thing that fails must not take the others with it. */
  private runOne(due: Due): void {
    try {
      due.run();
    } catch (failure) {
      this.logger.error('schedule.failed', { failure: failure instanceof Error ? failure.stack : String(failure) });
    }
  }
}
