import pg from 'pg';
import type { WorkPlan } from '../domain/work-plan.js';

const SEEDED_PER_STATEMENT = 20_000;
/** Beside the id: rows as wide as those of a document table. */
const BODY_CHARS = 400;

const SCHEMA = [
  'create schema if not exists hrlink_work',
  `create table if not exists hrlink_work.documents (
    id bigint generated always as identity primary key, external_id text not null, state text not null, body text not null)`,
  'create sequence if not exists hrlink_work.numbers',
  'create table if not exists hrlink_work.counters (entity int primary key, value bigint not null)',
  'insert into hrlink_work.counters values (1, 0) on conflict do nothing',
];
const READ = 'select id, state from hrlink_work.documents where external_id = $1';
const NUMBER = `select nextval('hrlink_work.numbers')`;
const COUNT = 'update hrlink_work.counters set value = value + 1 where entity = 1 returning value';
const ADD = `insert into hrlink_work.documents (external_id, state, body) values ($1, 'sent', $2) returning id`;
const SIGN = `update hrlink_work.documents set state = 'signed' where id = $1`;

/** A document table in a real PostgreSQL that the reference's work reads and writes. */
export class WorkDatabase {
  private pool: pg.Pool;

  constructor(
    private readonly url: string,
    private plan: WorkPlan,
    private readonly pause: (ms: number) => Promise<void>,
  ) {
    this.pool = this.open();
  }

  /** Makes the tables and `rows` documents; what is there already stays. */
  async prepare(rows: number): Promise<void> {
    for (const statement of SCHEMA) await this.pool.query(statement);
    const { rows: counted } = await this.pool.query<{ n: number }>(
      'select count(*)::int as n from hrlink_work.documents',
    );
    for (let from = counted[0]?.n ?? 0; from < rows; from += SEEDED_PER_STATEMENT) {
      await this.pool.query(
        `insert into hrlink_work.documents (external_id, state, body)
         select 'seed-' || i, 'sent', repeat('x', ${BODY_CHARS}) from generate_series($1::int, $2::int) i`,
        [from, Math.min(rows, from + SEEDED_PER_STATEMENT) - 1],
      );
    }
    await this.index();
    await this.pool.query('analyze hrlink_work.documents');
  }

  /** Changes the way of working; a new pool takes over when its size changes. */
  async follow(plan: WorkPlan): Promise<void> {
    const before = this.plan;
    this.plan = plan;
    if (before.connections !== plan.connections) {
      const old = this.pool;
      this.pool = this.open();
      await old.end();
    }
    if (before.hasIndex !== plan.hasIndex) await this.index();
  }

  /** A look into the registry for one document. */
  async read(place: number): Promise<void> {
    const externalId = [`seed-${place}`];
    const { holdMs } = this.plan;
    if (holdMs === 0) {
      await this.pool.query(READ, externalId);
      return;
    }
    await this.inTransaction(async (client) => {
      await client.query(READ, externalId);
      await this.pause(holdMs);
    });
  }

  /** A produced document: its number, from a sequence or from a row everybody waits for, then the document. */
  async add(externalId: string): Promise<void> {
    await this.inTransaction(async (client) => {
      const { counterHoldMs } = this.plan;
      await client.query(counterHoldMs > 0 ? COUNT : NUMBER);
      if (counterHoldMs > 0) await this.pause(counterHoldMs);
      await client.query(ADD, [externalId, 'x'.repeat(BODY_CHARS)]);
    });
  }

  async sign(id: number): Promise<void> {
    await this.pool.query(SIGN, [id]);
  }

  /** Connections in use, waited for, and at most. */
  connections(): { busy: number; waiting: number; max: number } {
    const { totalCount, idleCount, waitingCount } = this.pool;
    return { busy: totalCount - idleCount, waiting: waitingCount, max: this.plan.connections };
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private open(): pg.Pool {
    const pool = new pg.Pool({
      connectionString: this.url,
      max: this.plan.connections,
      application_name: 'hrlink-reference',
    });
    // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
    pool.on('error', () => undefined);
    return pool;
  }

  private async index(): Promise<void> {
    await this.pool.query(
      this.plan.hasIndex
        ? 'create index if not exists documents_external_id on hrlink_work.documents (external_id)'
        : 'drop index if exists hrlink_work.documents_external_id',
    );
  }

  private async inTransaction(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      await work(client);
      await client.query('commit');
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}
