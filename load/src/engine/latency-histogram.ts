import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, initWebAssemblySync } from 'hdr-histogram-js';
import type { Histogram } from 'hdr-histogram-js';

initWebAssemblySync();

const MAX_MICROSECONDS = 86_400_000_000;
const US_PER_MS = 1000;

/** Latencies with three significant digits from 1 µs to 24 h, mergeable and serialisable (spec 4.4). */
export class LatencyHistogram {
  private constructor(private readonly histogram: Histogram) {}

  static empty(): LatencyHistogram {
    return new LatencyHistogram(
      build({
        bitBucketSize: 32,
        useWebAssembly: true,
        highestTrackableValue: MAX_MICROSECONDS,
        autoResize: true,
        numberOfSignificantValueDigits: 3,
      }),
    );
  }

  /** Restores what `encode` gave. Throws when the text is not a histogram. */
  static decode(text: string): LatencyHistogram {
    return new LatencyHistogram(decodeFromCompressedBase64(text, 32, true));
  }

  get count(): number {
    return this.histogram.totalCount;
  }

  get meanMs(): number {
    return this.count === 0 ? 0 : this.histogram.mean / US_PER_MS;
  }

  get maxMs(): number {
    return this.count === 0 ? 0 : this.histogram.maxValue / US_PER_MS;
  }

  /** Negative values (timer granularity) count as zero, values above the ceiling as the ceiling. */
  record(valueMs: number): void {
    const microseconds = Math.round(valueMs * US_PER_MS);
    this.histogram.recordValue(Math.min(Math.max(microseconds, 0), MAX_MICROSECONDS));
  }

  /** Value in milliseconds below which `percent` of the records lie; undefined without records. */
  percentile(percent: number): number | undefined {
    if (this.count === 0) return undefined;
    // The histogram answers with the upper edge of a bucket, which may lie above the largest value it has seen.
    return Math.min(this.histogram.getValueAtPercentile(percent), this.histogram.maxValue) / US_PER_MS;
  }

  /** Forgets everything recorded. */
  reset(): void {
    this.histogram.reset();
  }

  /** Gives the memory back: it lies outside the heap, where no garbage collector looks. The histogram is dead then. */
  destroy(): void {
    this.histogram.destroy();
  }

  add(other: LatencyHistogram): void {
    this.histogram.add(other.histogram);
  }

  /** Compressed base64 of the buckets: exact merge is possible later, unlike merging percentiles. */
  encode(): string {
    return encodeIntoCompressedBase64(this.histogram);
  }
}
