import { ndjsonLines } from '../report/ndjson-lines.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import type { HoldObservation } from '../verdict/observation.js';
import { askPrometheus, isSql } from './external-metric.js';
import type { ExternalMetric, SqlMetric } from './external-metric.js';
import type { ExternalSample } from './external-sampler.js';

/** One line of external.json; `error` when the value could not be had: then nothing is judged. */
export interface ExternalReading {
  name: string;
  step: number;
  value?: number;
  limit: number;
  passed?: boolean;
  error?: string;
}

/**
 * Judges every threshold at the end of every hold: Prometheus is asked for that moment, of a database the last sample
 * within the hold counts. Never rejects: a silent source is recorded, not blamed on the system.
 */
export async function readExternal(
  metrics: readonly ExternalMetric[],
  holds: readonly HoldObservation[],
  folder?: RunFolder,
): Promise<ExternalReading[]> {
  const judged = metrics.filter(({ min, max }) => min !== undefined || max !== undefined);
  const sampled = judged.some(isSql) && folder ? await samplesOf(folder) : [];
  const readings: ExternalReading[] = [];
  for (const hold of holds) for (const metric of judged) readings.push(await readOne(metric, hold, sampled));
  return readings;
}

async function readOne(metric: ExternalMetric, hold: HoldObservation, sampled: readonly ExternalSample[]) {
  const { name, max, min } = metric;
  const limit = max ?? min ?? 0;
  const known: ExternalReading = { name, step: hold.step, limit };
  try {
    const values = isSql(metric) ? lastOf(metric, hold, sampled) : await askPrometheus(metric, hold.finishedAt);
    if (values.length === 0) return { ...known, error: 'the query gave no value' };
    const value = max === undefined ? Math.min(...values) : Math.max(...values);
    const passed = values.every((each) => each <= (max ?? Infinity) && each >= (min ?? -Infinity));
    return { ...known, value, passed };
  } catch (error) {
    return { ...known, error: (error as Error).message.split('\n')[0] };
  }
}

function lastOf({ name }: SqlMetric, hold: HoldObservation, sampled: readonly ExternalSample[]): number[] {
  const within = sampled.filter(
    (each) => each.name === name && each.at >= hold.startedAt && each.at <= hold.finishedAt,
  );
  const last = within.at(-1);
  if (!last) throw new Error('not asked within the hold');
  if (last.error !== undefined) throw new Error(last.error);
  return last.values ?? [];
}

async function samplesOf(folder: RunFolder): Promise<ExternalSample[]> {
  if (!folder.has('external.ndjson')) return [];
  const samples: ExternalSample[] = [];
  for await (const sample of ndjsonLines<ExternalSample>(folder.file('external.ndjson'))) samples.push(sample);
  return samples;
}
