/** Upper bounds of the buckets, seconds: fine where emulated systems answer, coarse where they time out. */
export const LATENCY_BOUNDS: readonly number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 30, 60,
];
/** Bounds for how far a reply missed its moment. */
export const ERROR_BOUNDS: readonly number[] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1];

/** One observation of a bucket and the trace it came from. */
export interface Exemplar {
  readonly traceId: string;
  readonly seconds: number;
  /** Monotonic milliseconds of this process. */
  readonly atMs: number;
}

/** Counts of one operation's latencies; observing without a trace allocates nothing. */
export class LatencyHistogram {
  readonly counts: Float64Array;
  /** The newest recorded trace of each bucket. */
  readonly exemplars: (Exemplar | undefined)[];
  sum = 0;
  count = 0;

  constructor(readonly bounds: readonly number[]) {
    this.counts = new Float64Array(bounds.length + 1);
    this.exemplars = new Array<Exemplar | undefined>(bounds.length + 1).fill(undefined);
  }

  observe(seconds: number, traceId?: string): void {
    const { bounds } = this;
    let at = 0;
    while (at < bounds.length && seconds > bounds[at]!) at += 1;
    this.counts[at]! += 1;
    this.sum += seconds;
    this.count += 1;
    if (traceId !== undefined) this.exemplars[at] = { traceId, seconds, atMs: performance.now() };
  }
}
