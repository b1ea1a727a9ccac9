import { LatencyHistogram } from '../engine/latency-histogram.js';
import type { Sample } from '../engine/sample.js';
import { totalMs } from '../engine/timeline.js';
import type { PlannedRun } from '../run-folder/run-files.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import { ndjsonBatches } from './ndjson-lines.js';

const NICE_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800];
const MAX_BUCKETS = 60;
/** A percentile of fewer arrivals than this in one point says nothing. */
const WANTED_PER_BUCKET = 1.5;
/** Runs with more operations of a kind show percentiles only. */
const MAX_DOTS = 1500;

/** One point of an operation's latency over time. */
export interface SeriesPoint {
  atMs: number;
  p50Ms?: number;
  p95Ms?: number;
  p99Ms?: number;
  planned: number;
  completed: number;
}

/** One operation as a dot: when it was planned and how long it took, milliseconds. */
export type SeriesDot = [number, number];

export interface OperationSeries {
  operation: string;
  points: SeriesPoint[];
  /** Single operations of a short run; empty for a long one. */
  dots: SeriesDot[];
  failedDots: SeriesDot[];
}

/** How often operations ended badly for one cause. */
export interface ErrorRow {
  operation: string;
  cause: string;
  count: number;
  /** Of the judged holds. */
  onHold: number;
  exampleTraceId?: string;
}

interface Bucket {
  latency: LatencyHistogram;
  planned: number;
  completed: number;
}

interface Folded {
  buckets: Bucket[];
  dots: SeriesDot[];
  failedDots: SeriesDot[];
  hasDots: boolean;
}

/** Folds the samples of a run into time series and an error table; `each` hears every sample once, in the order of the file. */
export async function readSeries(
  folder: RunFolder,
  planned: PlannedRun,
  startAt: number,
  each: (sample: Sample) => void = () => undefined,
) {
  const bucketMs = bucketLength(planned);
  const folded = new Map<string, Folded>();
  for (const { operation, total } of planned.operations) {
    folded.set(operation, { buckets: [], dots: [], failedDots: [], hasDots: total <= MAX_DOTS });
  }
  const errors = new Map<string, ErrorRow>();
  for await (const samples of ndjsonBatches<Sample>(folder.file('samples.ndjson'))) {
    for (const sample of samples) {
      each(sample);
      const own = folded.get(sample.operation);
      if (own) addSample(own, sample, startAt, bucketMs);
      if (sample.outcome !== 'ok') addError(errors, sample);
    }
  }
  const series = [...folded.entries()].map(([operation, own]): OperationSeries => {
    const { dots, failedDots } = own;
    return { operation, points: pointsOf(own.buckets, bucketMs), dots, failedDots };
  });
  const sorted = [...errors.values()].sort((a, b) => b.count - a.count);
  return { bucketMs, series, errors: sorted };
}

/** Long enough for percentiles of the rarest operation to mean something, short enough to see change. */
export function bucketLength(planned: PlannedRun): number {
  const length = Math.max(totalMs(planned.phases), 1000);
  const rarest = Math.min(...planned.operations.map((each) => Math.max(each.total, 1)));
  const wanted = Math.max(length / MAX_BUCKETS, (length / rarest) * WANTED_PER_BUCKET) / 1000;
  return (NICE_SECONDS.find((seconds) => seconds >= wanted) ?? 3600) * 1000;
}

function addSample(own: Folded, sample: Sample, startAt: number, bucketMs: number): void {
  const indexOf = (at: number) => Math.max(0, Math.floor((at - startAt) / bucketMs));
  const planned = bucketAt(own.buckets, indexOf(sample.planned));
  planned.planned += 1;
  if (sample.completed === undefined) return;
  bucketAt(own.buckets, indexOf(sample.completed)).completed += 1;
  const latencyMs = sample.completed - sample.planned;
  if (sample.outcome === 'ok') planned.latency.record(latencyMs);
  const dots = sample.outcome === 'ok' ? own.dots : own.failedDots;
  if (own.hasDots) dots.push([Math.round(sample.planned - startAt), Math.round(latencyMs)]);
  if (own.dots.length + own.failedDots.length > MAX_DOTS)
    Object.assign(own, { hasDots: false, dots: [], failedDots: [] });
}

function bucketAt(buckets: Bucket[], index: number): Bucket {
  while (buckets.length <= index) buckets.push({ latency: LatencyHistogram.empty(), planned: 0, completed: 0 });
  return buckets[index] as Bucket;
}

function addError(errors: Map<string, ErrorRow>, sample: Sample): void {
  const cause = sample.cause ?? sample.outcome;
  const key = `${sample.operation}|${cause}`;
  const row = errors.get(key) ?? {
    operation: sample.operation,
    cause,
    count: 0,
    onHold: 0,
    exampleTraceId: sample.traceId,
  };
  row.count += 1;
  if (sample.stage === 'hold') row.onHold += 1;
  errors.set(key, row);
}

function pointsOf(buckets: readonly Bucket[], bucketMs: number): SeriesPoint[] {
  return buckets.map(({ latency, planned, completed }, index) => ({
    atMs: index * bucketMs,
    p50Ms: latency.percentile(50),
    p95Ms: latency.percentile(95),
    p99Ms: latency.percentile(99),
    planned,
    completed,
  }));
}
