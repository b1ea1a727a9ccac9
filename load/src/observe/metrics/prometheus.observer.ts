import { z } from 'zod';
import type { Observer, Write } from '../observer.js';
import { httpText } from './http-text.js';
import type { MetricDefinition, MetricLine } from './metric-line.js';

/** A query of Prometheus and what its values mean. */
export interface PrometheusQuery extends Omit<MetricDefinition, 'source'> {
  query: string;
}

export interface PrometheusTarget {
  url: string;
  stepSeconds: number;
  queries: readonly PrometheusQuery[];
  token?: string;
}

const MAX_SERIES = 20;
const MAX_POINTS = 11_000;

const answer = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), z.string()])),
      }),
    ),
  }),
});

/** Asks Prometheus for the whole time of the load at its end: it has kept everything already. */
export class PrometheusObserver implements Observer {
  readonly name = 'prometheus';

  constructor(
    private readonly target: PrometheusTarget,
    private readonly write: Write,
  ) {}

  async open(): Promise<void> {
    await this.ask('/api/v1/query', { query: '1' });
  }

  async close(period: { from: number; to: number }): Promise<void> {
    const failed: string[] = [];
    for (const query of this.target.queries) {
      await this.readOne(query, period).catch((error: unknown) => {
        failed.push(`${query.name}: ${(error as Error).message}`);
      });
    }
    if (failed.length > 0) throw new Error(failed.join('; '));
  }

  private async readOne(query: PrometheusQuery, { from, to }: { from: number; to: number }): Promise<void> {
    // Prometheus refuses more than 11,000 points per series.
    const seconds = Math.max(this.target.stepSeconds, Math.ceil((to - from) / 1000 / MAX_POINTS));
    const text = await this.ask('/api/v1/query_range', {
      query: query.query,
      start: (from / 1000).toFixed(3),
      end: (to / 1000).toFixed(3),
      step: String(seconds),
    });
    const parsed = answer.safeParse(JSON.parse(text));
    if (!parsed.success) throw new Error('not a range of values');
    const { result } = parsed.data.data;
    if (result.length === 0) throw new Error('the query gave no value');
    for (const series of result.slice(0, MAX_SERIES)) this.keep(query, series, result.length > 1);
  }

  private keep(
    { query: _query, ...definition }: PrometheusQuery,
    series: { metric: Record<string, string>; values: [number, string][] },
    isOneOfMany: boolean,
  ): void {
    const labels = Object.entries(series.metric).filter(([label]) => label !== '__name__');
    const suffix = labels.map(([label, value]) => `${label}=${value}`).join(', ');
    const name = isOneOfMany ? `${definition.name} {${suffix}}` : definition.name;
    this.write('metrics', { define: { ...definition, name, source: 'prometheus' } } satisfies MetricLine);
    for (const [seconds, text] of series.values) {
      const value = Number(text);
      if (Number.isFinite(value)) this.write('metrics', { at: seconds * 1000, values: { [name]: value } });
    }
  }

  private ask(path: string, query: Record<string, string>): Promise<string> {
    const { url, token } = this.target;
    const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    return httpText(`${url}${path}`, { method: 'POST', headers, body: new URLSearchParams(query).toString() });
  }
}
