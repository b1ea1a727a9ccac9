import type { Analysis } from '../analysis/analysis.js';
import { analyseRun } from '../analysis/analyse-run.js';
import { readObserved } from '../analysis/observed-run.js';
import { SampleWindows } from '../analysis/sample-windows.js';
import type { RunFiles } from '../run-folder/run-files.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import type { ErrorRow, OperationSeries } from './series.js';
import { readSeries } from './series.js';
import { readHealth } from './health-series.js';
import type { HealthPoint } from './health-series.js';

/** Titles and advice the engineer has changed. */
const OWN_WORDS = 'recommendations.yaml';

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
  /** Where the time of operations went, when the run collected traces. */
  traces?: RunFiles['traces.json'];
  /** Who sent the load, when it was not one process. */
  workers?: RunFiles['workers.json'];
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
  const windows = new SampleWindows(planned, startAt);
  const { bucketMs, series, errors } = await readSeries(folder, planned, startAt, (sample) => windows.add(sample));
  const [verdict, holds] = [folder.read('verdict.json'), folder.read('observations.json')];
  const search = folder.has('search.json') ? folder.read('search.json') : undefined;
  return {
    record,
    planned,
    verdict,
    holds,
    search,
    workers: folder.has('workers.json') ? folder.read('workers.json') : undefined,
    analysis: analyseRun({
      planned,
      holds,
      verdict,
      search,
      stops: folder.has('stops.json') ? folder.read('stops.json') : [],
      startAt,
      windows,
      observed: await readObserved(folder),
      traces: folder.has('traces.json') ? folder.read('traces.json') : undefined,
      recommendations: folder.has(OWN_WORDS) ? folder.readText(OWN_WORDS) : undefined,
    }),
    calls: folder.read('calls.json'),
    annotations: folder.read('annotations.json'),
    traces: folder.has('traces.json') ? folder.read('traces.json') : undefined,
    bucketMs,
    series,
    errors,
    health: await readHealth(folder, startAt),
  };
}
