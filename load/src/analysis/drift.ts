import type { HoldObservation } from '../verdict/observation.js';
import type { Drift } from './analysis.js';
import type { ObservedRun } from './observed-run.js';
import type { SampleWindows } from './sample-windows.js';
import { theilSen } from './statistics/theil-sen.js';

const HOUR_MS = 3_600_000;
/** Shorter holds warm up rather than drift. */
const LEAST_HOLD_MS = HOUR_MS;
const LEAST_RELATIVE = 0.1;
const WATCHED_ROLES = new Set(['memory', 'connections', 'queue', 'pool']);

type Points = readonly (readonly [at: number, value: number])[];

export interface DriftInput {
  holds: readonly HoldObservation[];
  windows: SampleWindows;
  observed: ObservedRun;
  startAt: number;
  timeScale: number;
}

/** Step 6.8: trends of p95, memory, connections and tables over holds of an hour and more (by the unscaled plan). */
export function driftOf({ holds, windows, observed, startAt, timeScale }: DriftInput): Drift[] {
  return holds
    .filter((hold) => hold.judgedMs / timeScale >= LEAST_HOLD_MS)
    .flatMap((hold) => {
      const { step, startedAt, finishedAt } = hold;
      const inside = (points: Points) => points.filter(([at]) => at >= startedAt && at <= finishedAt);
      const trend = (metric: string, unit: string, points: Points, operation?: string) =>
        describe({ metric, unit, step, ...(operation === undefined ? {} : { operation }) }, inside(points), timeScale);
      const latency = hold.operations.map(({ operation }) =>
        trend('p95', 'ms', p95Points(windows, { operation, step, startAt }), operation),
      );
      const metrics = observed.metrics
        .filter(({ role }) => WATCHED_ROLES.has(role))
        .map(({ name, unit, points }) =>
          trend(
            name,
            unit,
            points.map(({ at, value }) => [at, value] as const),
          ),
        );
      const sessions = trend(
        'PostgreSQL sessions',
        '',
        observed.sessions.map(({ at, total }) => [at, total] as const),
      );
      return [...latency, ...metrics, sessions, ...tableTrends(observed, trend)].filter((each) => each !== undefined);
    });
}

function tableTrends(
  { tables }: ObservedRun,
  trend: (metric: string, unit: string, points: Points) => Drift | undefined,
): (Drift | undefined)[] {
  const names = [...new Set(tables.flatMap((sample) => sample.tables.map(({ table }) => table)))].slice(0, 20);
  return names.map((name) => {
    const points = tables.flatMap((sample): [number, number][] => {
      const found = sample.tables.find(({ table }) => table === name);
      return found ? [[sample.at, found.bytes / 1_048_576]] : [];
    });
    return trend(`table ${name}`, 'MiB', points);
  });
}

function p95Points(windows: SampleWindows, of: { operation: string; step: number; startAt: number }): Points {
  return windows.ofHold(of.operation, of.step).flatMap(({ offsetMs, window }): [number, number][] => {
    const p95 = window.latency.percentile(95);
    return p95 === undefined ? [] : [[of.startAt + offsetMs, p95]];
  });
}

function describe(
  named: Pick<Drift, 'metric' | 'unit' | 'step' | 'operation'>,
  points: Points,
  timeScale: number,
): Drift | undefined {
  const trend = theilSen(points);
  if (!trend) return undefined;
  const perHour = HOUR_MS * timeScale;
  const [from, to] = [points[0]![0], points.at(-1)![0]];
  const edge = Math.min(perHour, (to - from) / 4);
  const firstHour = median(points.filter(([at]) => at <= from + edge).map(([, value]) => value));
  const lastHour = median(points.filter(([at]) => at >= to - edge).map(([, value]) => value));
  const relative = trend.start > 0 ? (trend.slope * (to - from)) / trend.start : 0;
  const isSure = trend.low > 0 || trend.high < 0;
  return {
    ...named,
    slopePerHour: trend.slope * perHour,
    low: trend.low * perHour,
    high: trend.high * perHour,
    relative,
    firstHour,
    lastHour,
    n: trend.n,
    isDrifting: isSure && Math.abs(relative) >= LEAST_RELATIVE,
  };
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
