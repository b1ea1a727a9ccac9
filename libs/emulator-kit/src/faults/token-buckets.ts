/** Callers told apart; beyond it the longest idle are forgotten, which can only do them good. */
const MAX_BUCKETS = 100_000;

interface Bucket {
  tokens: number;
  atMs: number;
}

/** One token bucket per key, bounded in number. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {}

  /** Takes a token; 0 when there was one, else milliseconds until there will be (nothing is taken then). */
  take(key: string, nowMs: number): number {
    const bucket = this.buckets.get(key) ?? { tokens: this.burst, atMs: nowMs };
    const earned = ((nowMs - bucket.atMs) / 1000) * this.perSecond;
    bucket.tokens = Math.min(this.burst, bucket.tokens + earned);
    bucket.atMs = nowMs;
    this.keep(key, bucket);
    // Sums of fractions may miss a whole token by a hair.
    if (bucket.tokens < 1 - 1e-9) return ((1 - bucket.tokens) / this.perSecond) * 1000;
    bucket.tokens -= 1;
    return 0;
  }

  /** The map's own order is the order of use. */
  private keep(key: string, bucket: Bucket): void {
    this.buckets.delete(key);
    this.buckets.set(key, bucket);
    if (this.buckets.size > MAX_BUCKETS) this.buckets.delete(this.buckets.keys().next().value!);
  }
}
