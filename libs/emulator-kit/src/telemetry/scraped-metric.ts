import type { Registry } from 'prom-client';
import type { LatencyHistogram } from './latency-histogram.js';

/** One line of a scrape. */
export interface Sample {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  readonly metricName?: string;
  /** Shown in the OpenMetrics format only. */
  readonly exemplar?: {
    readonly labelSet: Readonly<Record<string, string>>;
    readonly value: number;
    /** Seconds since the epoch. */
    readonly timestamp: number;
  };
}

interface ScrapedMetric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly read: () => readonly Sample[];
}

/**
 * Adds a metric whose values are kept elsewhere and read only when somebody scrapes: looking labels up in the registry on every call costs
 * more than the call itself.
 */
export function addScraped(registry: Registry, metric: ScrapedMetric): void {
  const { name, help, type, read } = metric;
  const get = async () => ({ name, help, type, aggregator: 'sum', values: read() });
  // The registry reads every metric through `name` and `get` alone.
  registry.registerMetric({ name, get, reset: () => undefined } as never);
}

/** The lines of one histogram. */
export function histogramSamples(
  name: string,
  labels: Readonly<Record<string, string>>,
  { bounds, counts, sum, count, exemplars }: LatencyHistogram,
): readonly Sample[] {
  let below = 0;
  const buckets = [...bounds, '+Inf' as const].map((le, at): Sample => {
    below += counts[at]!;
    const bucket = { metricName: `${name}_bucket`, labels: { ...labels, le }, value: below };
    const found = exemplars[at];
    if (found === undefined) return bucket;
    const timestamp = (performance.timeOrigin + found.atMs) / 1000;
    return { ...bucket, exemplar: { labelSet: { trace_id: found.traceId }, value: found.seconds, timestamp } };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
