import type { Layer } from '../../analysis/finding.js';
import type { Moment, Observer, Write } from '../observer.js';
import { parseExposition } from './exposition.js';
import { httpText } from './http-text.js';
import type { SeriesRule } from './known-series.js';
import { KNOWN_SERIES } from './known-series.js';
import { readSeries } from './read-series.js';
import type { SeriesValue } from './read-series.js';
import type { MetricLine } from './metric-line.js';

/** A page of metrics to read. */
export interface ScrapeTarget {
  name: string;
  url: string;
  layer: Layer;
  everyMs: number;
  /** Processors the process may use; its CPU counts as exhausted at 90 % of them. */
  cores?: number;
  series: readonly SeriesRule[];
  token?: string;
}

const EXHAUSTED_CPU_PERCENT = 90;

/** Reads a `/metrics` page now and then. */
export class ScrapeObserver implements Observer {
  readonly name: string;
  private readAt = 0;
  private readonly known = new Set<string>();
  private readonly counters = new Map<string, { at: number; value: number }>();
  private readonly rules: readonly SeriesRule[];

  constructor(
    private readonly target: ScrapeTarget,
    private readonly write: Write,
  ) {
    this.name = `metrics ${target.name}`;
    this.rules = [...target.series, ...KNOWN_SERIES];
  }

  async open(): Promise<void> {
    await this.page();
  }

  async tick({ at }: Moment): Promise<void> {
    if (at - this.readAt < this.target.everyMs) return;
    this.readAt = at;
    const found = readSeries(parseExposition(await this.page()), this.rules);
    const values: Record<string, number> = {};
    for (const series of found) {
      const value = this.valueOf(series, at);
      if (value === undefined) continue;
      const name = `${this.target.name}: ${series.name}`;
      this.define(name, series.rule);
      values[name] = Number(value.toPrecision(6));
    }
    if (Object.keys(values).length > 0) this.write('metrics', { at, values } satisfies MetricLine);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private page(): Promise<string> {
    const { url, token } = this.target;
    return httpText(url, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  }

  /** A counter that shrank was restarted: its first reading afterwards says nothing. */
  private valueOf({ rule, name, value }: SeriesValue, at: number): number | undefined {
    if (rule.as !== 'rate') return value;
    const before = this.counters.get(name);
    this.counters.set(name, { at, value });
    if (!before || value < before.value || at <= before.at) return undefined;
    return ((value - before.value) * 1000) / (at - before.at);
  }

  private define(name: string, rule: SeriesRule): void {
    if (this.known.has(name)) return;
    this.known.add(name);
    const { name: source, layer, cores } = this.target;
    const ownLimit = rule.role === 'cpu' && rule.as === 'rate' && cores !== undefined;
    const limit = ownLimit ? cores * EXHAUSTED_CPU_PERCENT : rule.limit;
    const { role, unit } = rule;
    const define = { name, source, layer, role, unit, ...(limit === undefined ? {} : { limit }) };
    this.write('metrics', { define } satisfies MetricLine);
  }
}
