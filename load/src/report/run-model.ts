import type { Analysis } from '../analysis/analysis.js';
import type { RunFiles } from '../run-folder/run-files.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import type { ErrorRow, OperationSeries } from './series.js';
import { readSeries } from './series.js';
import { readHealth } from './health-series.js';
import type { HealthPoint } from './health-series.js';

/** Everything a report shows; a pure function of the run folder. */
export interface RunModel {
  record: RunFiles['run.json'];
  planned: RunFiles['plan.json'];
  verdict: RunFiles['verdict.json'];
  holds: RunFiles['observations.json'];
  /** Outcome of a search for the maximum, when the run was one. */
  search?: RunFiles['search.json'];
  calls: RunFiles['calls.json'];
  annotations: RunFiles['annotations.json'];
  /** Where the bottleneck is; absent in models made without a run folder. */
  analysis?: Analysis;
  /** Seconds of one point of the time series. */
  bucketMs: number;
  series: OperationSeries[];
  errors: ErrorRow[];
  health: HealthPoint[];
}

/** Reads a run folder; throws when one of its files is missing or broken. */
export async function readRun(folder: RunFolder): Promise<RunModel> {
  const record = folder.read('run.json');
  const planned = folder.read('plan.json');
  const startAt = record.loadStartedAt ?? record.createdAt;
  const { bucketMs, series, errors } = await readSeries(folder, planned, startAt);
  return {
    record,
    planned,
    verdict: folder.read('verdict.json'),
    holds: folder.read('observations.json'),
    search: folder.has('search.json') ? folder.read('search.json') : undefined,
    calls: folder.read('calls.json'),
    annotations: folder.read('annotations.json'),
    bucketMs,
    series,
    errors,
    health: await readHealth(folder, startAt),
  };
}
