import type { LatencyHistogram } from './latency-histogram.js';
import type { Sample } from './scraped-metric.js';

const QUANTILES = [0.5, 0.9, 0.95, 0.99];
const WINDOW_MS = 60_000;
/** Scrapes closer together than this share their starting point: a hasty scraper must not make the memory grow. */
const LEAST_APART_MS = 1000;

interface Snapshot {
  readonly atMs: number;
  readonly counts: Float64Array;
}

/**
 * Percentiles of about the last minute as ready gauges, for monitoring that cannot compute them from buckets (Zabbix). They come from the
 * difference to an earlier scrape, so observing a latency costs nothing more; between the bounds of a bucket they are interpolated.
 */
export class RecentQuantiles {
  private readonly snapshots = new Map<string, Snapshot[]>();

  /** Lines for one operation; none when it had no calls in the window. `nowMs` is monotonic. */
  read(operation: string, histogram: LatencyHistogram, nowMs: number): Sample[] {
    const known = this.known(operation);
    while (known.length > 1 && known[1]!.atMs <= nowMs - WINDOW_MS) known.shift();
    const since = known[0];
    const counts = histogram.counts.map((count, at) => count - (since?.counts[at] ?? 0));
    if (known.length === 0 || nowMs - known.at(-1)!.atMs >= LEAST_APART_MS) {
      known.push({ atMs: nowMs, counts: histogram.counts.slice() });
    }
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) return [];
    return QUANTILES.map((quantile) => ({
      labels: { operation, quantile: String(quantile) },
      value: valueAt(counts, histogram.bounds, total * quantile),
    }));
  }

  private known(operation: string): Snapshot[] {
    let known = this.snapshots.get(operation);
    if (known === undefined) this.snapshots.set(operation, (known = []));
    return known;
  }
}

/** The value that `rank` observations do not exceed; beyond the last bound the bound itself. */
function valueAt(counts: Float64Array, bounds: readonly number[], rank: number): number {
  let below = 0;
  for (const [at, upper] of bounds.entries()) {
    const inBucket = counts[at]!;
    if (below + inBucket >= rank && inBucket > 0) {
      const lower = at === 0 ? 0 : bounds[at - 1]!;
      return lower + ((rank - below) / inBucket) * (upper - lower);
    }
    below += inBucket;
  }
  return bounds.at(-1)!;
}
