import type { HoldEdge, Moment, Observer, Write } from '../observer.js';
import type { PostgresConnection } from './postgres-connection.js';

/** Size and use of one table at a moment; counters are those of the server since its statistics began. */
export interface TableReading {
  table: string;
  /** With indexes and TOAST. */
  bytes: number;
  indexBytes: number;
  liveRows: number;
  deadRows: number;
  seqScans: number;
  seqRows: number;
  indexScans: number;
}

/** One line of tables.ndjson. */
export interface TablesSample extends Moment {
  tables: TableReading[];
}

const PERIOD_MS = 60_000;
const QUERY = `select schemaname || '.' || relname as table, pg_total_relation_size(relid)::float8 as bytes,
  pg_indexes_size(relid)::float8 as "indexBytes", n_live_tup::float8 as "liveRows", n_dead_tup::float8 as "deadRows",
  coalesce(seq_scan, 0)::float8 as "seqScans", coalesce(seq_tup_read, 0)::float8 as "seqRows",
  coalesce(idx_scan, 0)::float8 as "indexScans"
  from pg_stat_user_tables order by 2 desc limit 50`;

/** Sizes of the fifty largest tables at the edges of holds and every minute: growth and bloat. */
export class TablesObserver implements Observer {
  readonly name = 'pg_stat_user_tables';
  private readAt = 0;

  constructor(
    private readonly connection: PostgresConnection,
    private readonly write: Write,
  ) {}

  async open(): Promise<void> {
    await this.connection.rows(QUERY);
  }

  async tick(moment: Moment): Promise<void> {
    if (moment.at - this.readAt >= PERIOD_MS) await this.read(moment);
  }

  async hold({ at, step }: HoldEdge): Promise<void> {
    await this.read({ at: Math.round(at), step });
  }

  async close({ to }: { to: number }): Promise<void> {
    await this.read({ at: Math.round(to) });
    await this.connection.close();
  }

  private async read(moment: Moment): Promise<void> {
    this.readAt = moment.at;
    const tables = await this.connection.rows<TableReading>(QUERY);
    if (tables.length > 0) this.write('tables', { ...moment, tables } satisfies TablesSample);
  }
}
