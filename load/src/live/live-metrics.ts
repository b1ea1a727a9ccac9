import { Gauge, Registry } from 'prom-client';
import type { LatencyHistogram } from '../engine/latency-histogram.js';
import { LastMinute } from './last-minute.js';
import type { LiveOperation, LiveRun } from './live-run.js';

const QUANTILES = [0.5, 0.9, 0.95, 0.99];
const PHASES = ['ramp', 'hold', 'drain'] as const;

interface Reading {
  labels: Record<string, string>;
  value: number | undefined;
}

/**
 * The metrics of a run for Prometheus and Zabbix, read from it at the moment they are asked for. Percentiles are ready gauges of the last
 * minute, because Zabbix cannot compute them from buckets (spec load-testing.md 8.1, 8.2).
 */
export function liveMetrics(run: LiveRun, now: () => number): Registry {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[], read: () => readonly Reading[]) => {
    new Gauge({
      name: `poligon_load_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        for (const { labels, value } of read()) if (value !== undefined) this.set(labels, value);
      },
    });
  };
  const one = (read: () => number | undefined) => () => [{ labels: {}, value: read() }];
  addCourse(gauge, run, now);
  addGenerator(gauge, one, run);
  addOperations(gauge, run, now);
  return registry;
}

type AddGauge = (name: string, help: string, labelNames: string[], read: () => readonly Reading[]) => void;

function addOperations(gauge: AddGauge, run: LiveRun, now: () => number): void {
  const each = (read: (operation: LiveOperation) => number | undefined) => () =>
    run.operations.map((operation) => ({ labels: { operation: operation.operation }, value: read(operation) }));
  gauge(
    'target_rate',
    'planned rate of the moment, operations per second',
    ['operation'],
    each(({ perHour }) => (perHour * run.levelPercent(now())) / 360_000),
  );
  gauge(
    'completed_rate',
    'rate of the last minute, operations per second',
    ['operation'],
    each((operation) => operation.minute.read(now()).completed / LastMinute.seconds(now())),
  );
  gauge(
    'error_percent',
    'failed share of the last minute, per cent',
    ['operation'],
    each((operation) => {
      const { completed, failed } = operation.minute.read(now());
      return completed === 0 ? undefined : (failed / completed) * 100;
    }),
  );
  gauge(
    'accuracy_percent',
    'completed share of what the current hold has planned so far, per cent',
    ['operation'],
    each((operation) => run.accuracyPercent(operation, now())),
  );
  gauge(
    'sla_seconds',
    'limit of the response time',
    ['operation'],
    each(({ operation }) => slaOf(run, operation)),
  );
  gauge('latency_seconds', 'response time of the last minute', ['operation', 'from', 'quantile'], () =>
    run.operations.flatMap((operation) => latencies(operation, now())),
  );
  gauge('generator_lag_seconds', 'how late operations of the last minute started', ['operation', 'quantile'], () =>
    run.operations.flatMap((operation) => lags(operation, now())),
  );
  gauge('operations_total', 'operations ended, by result', ['operation', 'result'], () =>
    run.operations.flatMap(({ operation, counts }) =>
      Object.entries(counts).map(([result, value]) => ({ labels: { operation, result }, value })),
    ),
  );
}

function addCourse(gauge: AddGauge, run: LiveRun, now: () => number): void {
  const { plan, profile } = run.planned;
  gauge('info', 'the run', ['run', 'plan', 'profile'], () => [
    { labels: { run: run.id, plan: plan.name, profile: profile.name }, value: 1 },
  ]);
  gauge('level_percent', 'level of the load, per cent of the profile', [], () => [
    { labels: {}, value: run.levelPercent(now()) },
  ]);
  gauge('step', 'number of the step; 0 before and after the load', [], () => [
    { labels: {}, value: run.phase?.step ?? 0 },
  ]);
  gauge('phase', '1 for the phase the run is in', ['phase'], () => {
    const current = run.phase?.kind ?? 'drain';
    return PHASES.map((phase) => ({ labels: { phase }, value: phase === current ? 1 : 0 }));
  });
  gauge('hold_verdict', 'holds that have ended: 1 with their verdict', ['step', 'level', 'verdict'], () =>
    run.verdicts.map(({ step, levelPercent, word }) => ({
      labels: { step: String(step), level: String(levelPercent), verdict: word },
      value: 1,
    })),
  );
}

function addGenerator(
  gauge: AddGauge,
  one: (read: () => number | undefined) => () => readonly Reading[],
  run: LiveRun,
): void {
  gauge(
    'in_flight',
    'operations in progress',
    [],
    one(() => run.health?.inFlight),
  );
  gauge(
    'launched_total',
    'operations started',
    [],
    one(() => run.health?.launched),
  );
  gauge(
    'dropped_total',
    'planned operations refused by the in-flight ceiling',
    [],
    one(() => run.health?.dropped),
  );
  gauge(
    'generator_cpu_percent',
    'processor of the generator, per cent of one core',
    [],
    one(() => run.health?.cpuPercent),
  );
  gauge(
    'generator_event_loop_utilisation',
    'share of time the event loop was busy, 0 to 1',
    [],
    one(() => run.health?.eventLoopUtilisation),
  );
  gauge(
    'generator_memory_bytes',
    'resident memory of the generator',
    [],
    one(() => run.health && run.health.rssMb * 1_048_576),
  );
}

function latencies({ operation, minute }: LiveOperation, now: number): Reading[] {
  const { latency, service } = minute.read(now);
  return [...quantiles(latency, { operation, from: 'plan' }), ...quantiles(service, { operation, from: 'send' })];
}

function lags({ operation, minute }: LiveOperation, now: number): Reading[] {
  return quantiles(minute.read(now).lag, { operation });
}

function quantiles(histogram: LatencyHistogram, labels: Record<string, string>): Reading[] {
  return QUANTILES.map((quantile) => {
    const ms = histogram.percentile(quantile * 100);
    return { labels: { ...labels, quantile: String(quantile) }, value: ms === undefined ? undefined : ms / 1000 };
  });
}

function slaOf({ planned }: LiveRun, operation: string): number | undefined {
  const owed = Object.entries(planned.profile.operations).find(([name]) => name === operation)?.[1];
  return owed && owed.sla.limit / 1000;
}
