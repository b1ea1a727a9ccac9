import type { Analysis } from '../analysis/analysis.js';
import type { RunModel } from './run-model.js';

/**
 * report.json: the whole report as data, for other programs. Latencies are milliseconds, instants epoch milliseconds. `version` changes
 * when the meaning of a field does; new fields may come at any time.
 */
export function reportJson(model: RunModel, analysis: Analysis | undefined): string {
  const { record, planned, verdict, holds, search, errors, calls, annotations, bucketMs, series } = model;
  const { prepare, ...run } = record;
  const report = {
    version: 1,
    run,
    prepare,
    plan: planned.plan,
    profile: planned.profile,
    seed: planned.seed,
    timeScale: planned.timeScale,
    reliability: planned.reliability,
    operations: planned.operations,
    verdict,
    search,
    holds,
    errors,
    calls: calls.load.map(({ histogram: _histogram, ...call }) => call),
    annotations,
    bucketMs,
    series: series.map(({ operation, points }) => ({ operation, points })),
    analysis,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
