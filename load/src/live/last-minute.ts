import { LatencyHistogram } from '../engine/latency-histogram.js';

const SLICE_MS = 10_000;
const SLICES = 6;

/** Latencies and counts of about the last minute, in slices of ten seconds; the memory does not grow. */
export class LastMinute {
  private readonly slices = Array.from({ length: SLICES }, () => ({
    number: -1,
    latency: LatencyHistogram.empty(),
    service: LatencyHistogram.empty(),
    completed: 0,
    failed: 0,
  }));
  private readonly sum = { latency: LatencyHistogram.empty(), service: LatencyHistogram.empty() };

  /** Takes an operation that ended at `now`, epoch milliseconds; latencies only of successful ones. */
  add(now: number, isFailed: boolean, latencyMs: number, serviceMs: number): void {
    const number = Math.floor(now / SLICE_MS);
    const slice = this.slices[number % SLICES]!;
    if (slice.number !== number) {
      slice.latency.reset();
      slice.service.reset();
      Object.assign(slice, { number, completed: 0, failed: 0 });
    }
    slice.completed += 1;
    if (isFailed) {
      slice.failed += 1;
      return;
    }
    slice.latency.record(latencyMs);
    slice.service.record(serviceMs);
  }

  /** What the minute before `now` held; the histograms are good until the next call. */
  read(now: number): { latency: LatencyHistogram; service: LatencyHistogram; completed: number; failed: number } {
    const current = Math.floor(now / SLICE_MS);
    this.sum.latency.reset();
    this.sum.service.reset();
    let completed = 0;
    let failed = 0;
    for (const slice of this.slices) {
      if (slice.number <= current - SLICES || slice.completed === 0) continue;
      this.sum.latency.add(slice.latency);
      this.sum.service.add(slice.service);
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
