/** Relative width of a bucket. */
const GROWTH = Math.log(1.1);
const LOWEST_MS = 0.01;
/** Up to about a day. */
const BUCKETS = 241;

/** Durations of one kind of span: percentiles good to 10 per cent in a kilobyte. */
export class DurationHistogram {
  private readonly counts = new Uint32Array(BUCKETS);
  count = 0;
  sumMs = 0;
  maxMs = 0;

  add(ms: number): void {
    const bucket = ms <= LOWEST_MS ? 0 : Math.min(BUCKETS - 1, Math.ceil(Math.log(ms / LOWEST_MS) / GROWTH));
    this.counts[bucket]! += 1;
    this.count += 1;
    this.sumMs += ms;
    this.maxMs = Math.max(this.maxMs, ms);
  }

  /** 0 when nothing was added. */
  percentile(percent: number): number {
    const wanted = Math.max(1, Math.ceil((this.count * percent) / 100));
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      seen += this.counts[bucket]!;
      if (seen >= wanted) return Math.min(this.maxMs, LOWEST_MS * Math.exp(bucket * GROWTH));
    }
    return 0;
  }
}
