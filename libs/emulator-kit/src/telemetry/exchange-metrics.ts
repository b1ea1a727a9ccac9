import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Exchange } from '../exchange/exchange.js';
import { ERROR_BOUNDS, LATENCY_BOUNDS, LatencyHistogram } from './latency-histogram.js';
import { RecentQuantiles } from './recent-quantiles.js';
import { addScraped, histogramSamples, type Sample } from './scraped-metric.js';
import { addSpanMetrics } from './span-metrics.js';

/** Rules whose hits are remembered; beyond it the first that ever acted are forgotten. */
const MAX_COUNTED_RULES = 2000;

interface RuleHits {
  readonly rule: string;
  readonly fault: string;
  hits: number;
}

/** What one operation has done. */
class OperationSeries {
  readonly outcomes = new Map<string, number>();
  readonly actual = new LatencyHistogram(LATENCY_BOUNDS);
  readonly intended = new LatencyHistogram(LATENCY_BOUNDS);
  readonly error = new LatencyHistogram(ERROR_BOUNDS);
}

/** Told of every exchange that ended; must be quick and must not throw. */
export type EndListener = (exchange: Exchange, outcome: string, durationMs: number) => void;

const HISTOGRAMS = [
  ['poligon_exchange_duration_seconds', 'actual', 'time from the first byte taken to the reply handed to the socket'],
  ['poligon_latency_intended_seconds', 'intended', 'time that baseline and faults asked for, of delayed replies'],
  ['poligon_latency_error_seconds', 'error', 'how much later than intended a delayed reply left'],
] as const;

/** What `/metrics` tells about exchanges; names carry units, label values are bounded by the operation list. */
@Injectable()
export class ExchangeMetrics {
  readonly registry = new Registry();
  private readonly byOperation = new Map<string, OperationSeries>();
  private readonly byRule = new Map<string, RuleHits>();
  private readonly listeners = new Set<EndListener>();
  private open = 0;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    addSpanMetrics(this.registry);
    addScraped(this.registry, {
      name: 'poligon_exchanges_total',
      help: 'exchanges by operation and how they ended',
      type: 'counter',
      read: () => this.each(({ outcomes }, operation) => counted(outcomes, operation)),
    });
    for (const [name, field, help] of HISTOGRAMS) {
      const read = () => this.each((series, operation) => histogramSamples(name, { operation }, series[field]));
      addScraped(this.registry, { name, help, type: 'histogram', read });
    }
    const recent = new RecentQuantiles();
    addScraped(this.registry, {
      name: 'poligon_exchange_latency_seconds',
      help: 'percentiles of the time to the reply over about the last minute',
      type: 'gauge',
      read: () => this.each(({ actual }, operation) => recent.read(operation, actual, performance.now())),
    });
    addScraped(this.registry, {
      name: 'poligon_fault_hits_total',
      help: 'faults that acted, by rule',
      type: 'counter',
      read: () => [...this.byRule.values()].map(({ rule, fault, hits }) => ({ labels: { rule, fault }, value: hits })),
    });
    addScraped(this.registry, {
      name: 'poligon_exchanges_in_flight',
      help: 'exchanges taken and not yet answered',
      type: 'gauge',
      read: () => [{ labels: {}, value: this.open }],
    });
  }

  /** Exchanges taken and not yet answered. */
  get inFlight(): number {
    return this.open;
  }

  started(_exchange: Exchange): void {
    this.open += 1;
  }

  /** Counts a finished exchange; `durationMs` is from first byte to reply, `traceId` that of a recorded trace. */
  ended(exchange: Exchange, outcome: string, durationMs: number, traceId?: string): void {
    this.open -= 1;
    const series = this.seriesOf(exchange.operation);
    series.outcomes.set(outcome, (series.outcomes.get(outcome) ?? 0) + 1);
    series.actual.observe(durationMs / 1000, traceId);
    if (exchange.intendedMs > 0) {
      series.intended.observe(exchange.intendedMs / 1000);
      series.error.observe(Math.max(0, durationMs - exchange.intendedMs) / 1000);
    }
    for (const { id, fault } of exchange.fired) this.hit(id, fault);
    for (const listener of this.listeners) listener(exchange, outcome, durationMs);
  }

  /** Counts a call that was answered at once and without an exchange, see `ExchangeRunner.isPlain`. */
  passed(operation: string, outcome: string, durationMs: number): void {
    const series = this.seriesOf(operation);
    series.outcomes.set(outcome, (series.outcomes.get(outcome) ?? 0) + 1);
    series.actual.observe(durationMs / 1000);
  }

  /** Whether somebody has to be told of every exchange. */
  get isWatched(): boolean {
    return this.listeners.size > 0;
  }

  /** Tells `listener` of every exchange from now on; returns what ends it. */
  watch(listener: EndListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private hit(rule: string, fault: string): void {
    const key = `${fault} ${rule}`;
    const known = this.byRule.get(key);
    if (known !== undefined) {
      known.hits += 1;
      return;
    }
    this.byRule.set(key, { rule, fault, hits: 1 });
    if (this.byRule.size > MAX_COUNTED_RULES) this.byRule.delete(this.byRule.keys().next().value!);
  }

  private seriesOf(operation: string): OperationSeries {
    let series = this.byOperation.get(operation);
    if (series === undefined) this.byOperation.set(operation, (series = new OperationSeries()));
    return series;
  }

  private each(read: (series: OperationSeries, operation: string) => readonly Sample[]): readonly Sample[] {
    return [...this.byOperation].flatMap(([operation, series]) => read(series, operation));
  }
}

function counted(outcomes: ReadonlyMap<string, number>, operation: string): readonly Sample[] {
  return [...outcomes].map(([outcome, value]) => ({ labels: { operation, outcome }, value }));
}
