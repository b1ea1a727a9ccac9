const BASE = 1.02;
const LOG_BASE = Math.log(BASE);
/** Values below are one bucket, milliseconds. */
const LEAST_MS = 0.1;
const BUCKETS = 1100;

/** Latencies with two per cent of precision in 4 KiB: thousands of windows of a long run fit into memory at once. */
export class CoarseHistogram {
  private readonly counts = new Uint32Array(BUCKETS);
  count = 0;

  record(valueMs: number): void {
    const index = valueMs <= LEAST_MS ? 0 : Math.ceil(Math.log(valueMs / LEAST_MS) / LOG_BASE);
    this.counts[Math.min(index, BUCKETS - 1)]! += 1;
    this.count += 1;
  }

  /** Milliseconds below which `percent` of the values lie; undefined without values. */
  percentile(percent: number): number | undefined {
    if (this.count === 0) return undefined;
    let left = Math.ceil((this.count * percent) / 100);
    for (let index = 0; index < BUCKETS; index += 1) {
      left -= this.counts[index] as number;
      if (left <= 0) return LEAST_MS * BASE ** index;
    }
    return LEAST_MS * BASE ** (BUCKETS - 1);
  }
}
