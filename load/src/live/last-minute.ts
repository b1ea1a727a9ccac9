import { LatencyHistogram } from '../engine/latency-histogram.js';

const SLICE_MS = 10_000;
const SLICES = 6;

/** One operation that has ended. */
export interface Ended {
  readonly isFailed: boolean;
  /** From the planned moment. */
  readonly latencyMs: number;
  /** From the actual start. */
  readonly serviceMs: number;
}

/** What a minute held. */
export interface Minute {
  readonly latency: LatencyHistogram;
  readonly service: LatencyHistogram;
  readonly lag: LatencyHistogram;
  readonly completed: number;
  readonly failed: number;
}

/** Latencies and counts of about the last minute, in slices of ten seconds; the memory does not grow. */
export class LastMinute {
  private readonly slices = Array.from({ length: SLICES }, () => ({
    number: -1,
    latency: LatencyHistogram.empty(),
    service: LatencyHistogram.empty(),
    lag: LatencyHistogram.empty(),
    completed: 0,
    failed: 0,
  }));
  private readonly sum = {
    latency: LatencyHistogram.empty(),
    service: LatencyHistogram.empty(),
    lag: LatencyHistogram.empty(),
  };

  /** Takes an operation that ended at `now`, epoch milliseconds; latencies only of successful ones, the lag of all. */
  add(now: number, { isFailed, latencyMs, serviceMs }: Ended): void {
    const number = Math.floor(now / SLICE_MS);
    const slice = this.slices[number % SLICES]!;
    if (slice.number !== number) {
      slice.latency.reset();
      slice.service.reset();
      slice.lag.reset();
      Object.assign(slice, { number, completed: 0, failed: 0 });
    }
    slice.completed += 1;
    slice.lag.record(latencyMs - serviceMs);
    if (isFailed) {
      slice.failed += 1;
      return;
    }
    slice.latency.record(latencyMs);
    slice.service.record(serviceMs);
  }

  /** What the minute before `now` held; the histograms are good until the next call. */
  read(now: number): Minute {
    const current = Math.floor(now / SLICE_MS);
    this.sum.latency.reset();
    this.sum.service.reset();
    this.sum.lag.reset();
    let completed = 0;
    let failed = 0;
    for (const slice of this.slices) {
      if (slice.number <= current - SLICES || slice.completed === 0) continue;
      this.sum.latency.add(slice.latency);
      this.sum.service.add(slice.service);
      this.sum.lag.add(slice.lag);
      completed += slice.completed;
      failed += slice.failed;
    }
    return { ...this.sum, completed, failed };
  }

  /** Seconds the figures of `read` stand for: the started slice counts only as far as it has gone. */
  static seconds(now: number): number {
    return (SLICE_MS * (SLICES - 1) + (now % SLICE_MS)) / 1000;
  }
}
