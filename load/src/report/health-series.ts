import type { HealthLine } from '../run-folder/run-files.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import { ndjsonLines } from './ndjson-lines.js';

/** Generator readings for the chart. */
export interface HealthPoint {
  /** Milliseconds from the start of the load. */
  atMs: number;
  cpuPercent: number;
  inFlight: number;
}

const MAX_POINTS = 240;

/** Generator readings, thinned out to what a chart can show. */
export async function readHealth(folder: RunFolder, startAt: number): Promise<HealthPoint[]> {
  const points: HealthPoint[] = [];
  for await (const line of ndjsonLines<HealthLine>(folder.file('health.ndjson'))) {
    points.push({ atMs: line.at - startAt, cpuPercent: line.cpuPercent, inFlight: line.inFlight });
  }
  const every = Math.max(1, Math.ceil(points.length / MAX_POINTS));
  return points.filter((_, index) => index % every === 0);
}
