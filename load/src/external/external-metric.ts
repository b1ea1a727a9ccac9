import { request } from 'undici';
import { z } from 'zod';
import { PostgresConnection } from '../observe/postgres/postgres-connection.js';
import type { Plan } from '../profiles/plan.schema.js';

/** A metric of somebody else's, with the limits its value must keep. */
export type ExternalMetric = Plan['external'][number];
export type PrometheusMetric = Extract<ExternalMetric, { prometheus: string }>;
export type SqlMetric = Extract<ExternalMetric, { sql: string }>;

const TIMEOUT_MS = 5000;
const number = z.tuple([z.number(), z.coerce.number()]).transform(([, value]) => value);
const answer = z.object({
  data: z.union([
    z.object({ resultType: z.literal('scalar'), result: number.transform((value) => [value]) }),
    z.object({
      resultType: z.literal('vector'),
      result: z.array(z.object({ value: number }).transform((v) => v.value)),
    }),
  ]),
});

export function isSql(metric: ExternalMetric): metric is SqlMetric {
  return 'sql' in metric;
}

/** Values of a metric as Prometheus had them at the moment. Rejects with one line when it cannot tell. */
export async function askPrometheus({ prometheus, query }: PrometheusMetric, atMs: number): Promise<number[]> {
  const parameters = new URLSearchParams({ query, time: (atMs / 1000).toFixed(3) });
  const { statusCode, body } = await request(`${prometheus}/api/v1/query?${parameters.toString()}`, {
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`status ${statusCode}`);
  const parsed = answer.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error('neither a scalar nor a vector');
  return parsed.data.data.result.filter((value) => !Number.isNaN(value));
}

/** Asks a database in a transaction that can only read; of every row the first column counts. */
export class SqlSource {
  private readonly connection: PostgresConnection | undefined;

  constructor(databaseUrl: string | undefined) {
    this.connection = databaseUrl === undefined ? undefined : new PostgresConnection(databaseUrl);
  }

  /** Values a query gives now. Rejects with one line when it cannot be asked or gives something else than numbers. */
  async ask({ sql }: SqlMetric): Promise<number[]> {
    const { connection } = this;
    if (!connection) throw new Error('LOAD_OBSERVE_DATABASE_URL names no database');
    await connection.rows('begin read only');
    try {
      const rows = await connection.rows<Record<string, unknown>>(sql);
      return rows.flatMap((row) => valueOf(Object.values(row)[0]));
    } finally {
      await connection.rows('rollback').catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    await this.connection?.close();
  }
}

/** PostgreSQL gives bigint and numeric as text. */
function valueOf(value: unknown): number[] {
  if (value === null || value === undefined) return [];
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof read !== 'number' || Number.isNaN(read)) throw new Error('the first column is not a number');
  return [read];
}
