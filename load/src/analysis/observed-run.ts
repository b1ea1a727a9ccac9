import { existsSync } from 'node:fs';
import type { FaultAnnotation } from '../observe/fault-rules.js';
import type { MetricDefinition, MetricLine } from '../observe/metrics/metric-line.js';
import type { EventLine, ObservedFile } from '../observe/observer.js';
import type { LocksSample } from '../observe/postgres/locks.observer.js';
import type { SessionsSample } from '../observe/postgres/sessions.observer.js';
import type { StatementsOfHold } from '../observe/postgres/statements.observer.js';
import type { TablesSample } from '../observe/postgres/tables.observer.js';
import type { ServiceOnHold } from '../observe/emulators/emulator.observer.js';
import { ndjsonLines } from '../report/ndjson-lines.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import type { ObserverReport } from './analysis.js';

/** Readings of one metric. */
export interface MetricReadings extends MetricDefinition {
  points: { at: number; value: number }[];
}

/** What the observers have left in the run folder; empty lists when they were off. */
export interface ObservedRun {
  statements: StatementsOfHold[];
  sessions: SessionsSample[];
  locks: LocksSample[];
  tables: TablesSample[];
  metrics: MetricReadings[];
  services: ServiceOnHold[];
  events: EventLine[];
  reports: ObserverReport[];
  faults: FaultAnnotation[];
}

/** Sessions of a long run are sampled every second; minutes are enough for its trends, but not for its holds. */
const MAX_METRIC_POINTS = 20_000;

/** Reads `observed/*.ndjson`, `observers.json` and `annotations.json` as far as they are there. */
export async function readObserved(folder: RunFolder): Promise<ObservedRun> {
  const lines = <T>(name: ObservedFile) => readLines<T>(folder.file(`observed/${name}.ndjson`));
  return {
    statements: await lines<StatementsOfHold>('statements'),
    sessions: await lines<SessionsSample>('sessions'),
    locks: await lines<LocksSample>('locks'),
    tables: await lines<TablesSample>('tables'),
    metrics: metricsOf(await lines<MetricLine>('metrics')),
    services: await lines<ServiceOnHold>('services'),
    events: await lines<EventLine>('events'),
    reports: folder.has('observers.json') ? folder.read('observers.json') : [],
    faults: folder.has('annotations.json') ? folder.read('annotations.json').faults : [],
  };
}

async function readLines<T>(path: string): Promise<T[]> {
  if (!existsSync(path)) return [];
  const lines: T[] = [];
  for await (const line of ndjsonLines<T>(path)) lines.push(line);
  return lines;
}

function metricsOf(lines: readonly MetricLine[]): MetricReadings[] {
  const metrics = new Map<string, MetricReadings>();
  for (const line of lines) {
    if ('define' in line) {
      if (!metrics.has(line.define.name)) metrics.set(line.define.name, { ...line.define, points: [] });
      continue;
    }
    for (const [name, value] of Object.entries(line.values)) metrics.get(name)?.points.push({ at: line.at, value });
  }
  for (const metric of metrics.values()) thin(metric);
  return [...metrics.values()];
}

function thin(metric: MetricReadings): void {
  const every = Math.ceil(metric.points.length / MAX_METRIC_POINTS);
  if (every > 1) metric.points = metric.points.filter((_, index) => index % every === 0);
}
