import type { Sentence } from '../../analysis/finding.js';
import type { HoldEdge, Observer, Write } from '../observer.js';
import type { PostgresConnection } from './postgres-connection.js';
import type { StatementColumns } from './postgres-columns.js';
import { snapshotQuery, statementColumns } from './postgres-columns.js';
import type { StatementCounters, StatementDelta } from './statement-delta.js';
import { statementDeltas } from './statement-delta.js';

/** One line of statements.ndjson: what the database did on one hold. */
export interface StatementsOfHold {
  step: number;
  levelPercent: number;
  at: number;
  elapsedMs: number;
  /** The counters of all statements were reset in between, or entries were evicted. */
  isReset: boolean;
  evicted: number;
  rows: StatementDelta[];
}

interface Snapshot {
  step: number;
  at: number;
  info: StatementsInfo;
  rows: Map<string, StatementCounters>;
}

interface StatementsInfo {
  evicted: number;
  resetMs: number | null;
}

const KEPT = 200;
const OWN = /pg_stat_|pg_blocking_pids|pg_locks|pg_total_relation_size/;

/** Differences of pg_stat_statements over the judged part of every hold. */
export class StatementsObserver implements Observer {
  readonly name = 'pg_stat_statements';
  private columns: StatementColumns | undefined;
  private schema = 'public';
  private hasInfo = false;
  private start: Snapshot | undefined;
  private isWarned = false;

  constructor(
    private readonly connection: PostgresConnection,
    private readonly write: Write,
  ) {}

  async open(): Promise<void> {
    const [extension] = await this.connection.rows<{ schema: string }>(
      `select n.nspname as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_stat_statements'`,
    );
    if (!extension) throw new Error('the extension pg_stat_statements is not created in this database');
    this.schema = `"${extension.schema.replaceAll('"', '""')}"`;
    const present = await this.connection.rows<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0`,
      [`${this.schema}.pg_stat_statements`],
    );
    this.columns = statementColumns(new Set(present.map(({ name }) => name)));
    const info = await this.connection.rows<{ found: string | null }>('select to_regclass($1)::text as found', [
      `${this.schema}.pg_stat_statements_info`,
    ]);
    this.hasInfo = (info[0]?.found ?? null) !== null;
    await this.snapshot({ step: 0, at: 0 }, false);
  }

  async hold({ step, levelPercent, edge, at }: HoldEdge): Promise<void> {
    if (edge === 'start') {
      this.start = await this.snapshot({ step, at }, false);
      return;
    }
    const { start } = this;
    if (start?.step !== step) return;
    const end = await this.snapshot({ step, at }, true);
    const deltas = statementDeltas(start.rows, [...end.rows.values()]).filter(({ query }) => !OWN.test(query));
    const evicted = end.info.evicted - start.info.evicted;
    const isReset = end.info.resetMs !== start.info.resetMs || evicted < 0;
    this.isWarned ||= isReset || evicted > 0;
    const rows = deltas.sort((a, b) => b.totalMs - a.totalMs).slice(0, KEPT);
    const line: StatementsOfHold = {
      step,
      levelPercent,
      at,
      elapsedMs: at - start.at,
      isReset,
      evicted: Math.max(0, evicted),
      rows,
    };
    this.write('statements', line);
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  note(): Sentence | undefined {
    if (!this.isWarned) return undefined;
    return {
      ru: 'счётчики сбрасывались или вытеснялись во время ступени: цифры этой ступени — нижняя граница',
      en: 'counters were reset or evicted during a hold: its figures are a lower bound',
    };
  }

  private async snapshot({ step, at }: Pick<Snapshot, 'step' | 'at'>, hasText: boolean): Promise<Snapshot> {
    const query = snapshotQuery(this.columns as StatementColumns, this.schema, hasText);
    const rows = await this.connection.rows<StatementCounters>(query);
    return { step, at, info: await this.info(), rows: new Map(rows.map((row) => [row.key, row])) };
  }

  /** `pg_stat_statements_info` came with PostgreSQL 14. */
  private async info(): Promise<StatementsInfo> {
    if (!this.hasInfo) return { evicted: 0, resetMs: null };
    const [row] = await this.connection.rows<StatementsInfo>(
      `select dealloc::float8 as evicted, (extract(epoch from stats_reset) * 1000)::float8 as "resetMs" from ${this.schema}.pg_stat_statements_info`,
    );
    return row as StatementsInfo;
  }
}
