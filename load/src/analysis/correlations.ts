import { throughput } from '../search/points.js';
import type { HoldObservation } from '../verdict/observation.js';
import type { Correlation, ExternalShare, Focus, HoldWaits, MetricByHold } from './analysis.js';
import { spearman } from './statistics/ranks.js';

const KEPT = 20;

/** A quantity over the holds. */
interface Series {
  metric: string;
  byStep: ReadonlyMap<number, number>;
}

export interface CorrelationInput {
  holds: readonly HoldObservation[];
  metrics: readonly MetricByHold[];
  waits: readonly HoldWaits[];
  external: readonly ExternalShare[];
  focus: Focus | undefined;
}

/** Step 6.7: rank correlation of everything watched with p95 and with throughput, over the holds; at least three. */
export function correlationsOf({ holds, metrics, waits, external, focus }: CorrelationInput): Correlation[] {
  const series = [...metricSeries(metrics), ...waitSeries(waits), ...externalSeries(external)];
  const targets = targetsOf(holds, focus);
  const found = series.flatMap((each) => targets.flatMap((target) => correlate(each, target, holds)));
  return found.sort((a, b) => strength(b) - strength(a)).slice(0, KEPT);
}

type Target = Pick<Correlation, 'with' | 'operation'> & { byStep: ReadonlyMap<number, number> };

function targetsOf(holds: readonly HoldObservation[], focus: Focus | undefined): Target[] {
  const ofP95 = (focus?.operations ?? []).map((operation): Target => {
    const pairs = holds.flatMap((hold): [number, number][] => {
      const p95 = hold.operations.find((row) => row.operation === operation)?.p95Ms;
      return p95 === undefined ? [] : [[hold.step, p95]];
    });
    return { with: 'p95', operation, byStep: new Map(pairs) };
  });
  return [...ofP95, { with: 'throughput', byStep: new Map(holds.map((hold) => [hold.step, throughput(hold)])) }];
}

function correlate({ metric, byStep }: Series, target: Target, holds: readonly HoldObservation[]): Correlation[] {
  const common = holds.filter(({ step }) => byStep.has(step) && target.byStep.has(step));
  const values = common.map(({ step }) => byStep.get(step)!);
  const rho = spearman(
    values,
    common.map(({ step }) => target.byStep.get(step)!),
  );
  if (rho === undefined) return [];
  const { with: against, operation } = target;
  const named = { with: against, ...(operation === undefined ? {} : { operation }) };
  return [{ metric, ...named, rho, n: common.length, growsFasterThanLoad: growsFaster(common, values) }];
}

function growsFaster(holds: readonly HoldObservation[], values: readonly number[]): boolean {
  const order = holds.map(({ levelPercent }, index) => ({ levelPercent, value: values[index]! }));
  order.sort((a, b) => a.levelPercent - b.levelPercent);
  const [first, last] = [order[0]!, order.at(-1)!];
  if (first.value <= 0) return last.value > 0;
  return last.value / first.value > last.levelPercent / first.levelPercent;
}

function strength({ rho, growsFasterThanLoad }: Correlation): number {
  return Math.abs(rho) + (growsFasterThanLoad ? 0.5 : 0);
}

function metricSeries(metrics: readonly MetricByHold[]): Series[] {
  return metrics.map(({ name, holds }) => ({ metric: name, byStep: new Map(holds.map((h) => [h.step, h.mean])) }));
}

function waitSeries(waits: readonly HoldWaits[]): Series[] {
  const classes = [...new Set(waits.flatMap(({ byClass }) => Object.keys(byClass)))];
  return classes.map((name) => ({
    metric: `PostgreSQL: ${name}`,
    byStep: new Map(waits.map(({ step, byClass }) => [step, byClass[name as keyof typeof byClass] ?? 0])),
  }));
}

function externalSeries(external: readonly ExternalShare[]): Series[] {
  const whole = external.filter(({ operation, of }) => operation === '*' && of === undefined);
  return [...Map.groupBy(whole, ({ system }) => system)].map(([system, rows]) => ({
    metric: `${system}: calls in progress`,
    byStep: new Map(rows.map(({ step, concurrency }) => [step, concurrency])),
  }));
}
