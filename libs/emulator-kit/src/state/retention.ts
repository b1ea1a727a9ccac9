import type { Clock, CancelTimer } from '../runtime/clock.js';
import type { Logger } from '../runtime/logger.js';
import type { Database } from './database.js';

/** Which rows of a table are deleted. */
export interface KeptTable {
  /** `<schema>.<table>`. */
  readonly table: string;
  /** Column of the wall time (ms) that `keepForMs` counts from. */
  readonly ageColumn: string;
  /** Infinity keeps everything. */
  readonly keepForMs: number;
  /** Column of the wall time (ms) after which a row is of no use. */
  readonly expiryColumn?: string;
}

const PERIOD_MS = 60_000;
/** Rows of one deletion, and the pause after it: other statements go in between. */
const BATCH_ROWS = 2000;
const PAUSE_MS = 20;

/** Deletes rows that are too old, a little at a time. Replicas that share a server skip each other's rows. */
export class Retention {
  private readonly tables: KeptTable[] = [];
  private cancel: CancelTimer | undefined;
  private isClosed = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  add(table: KeptTable): void {
    this.tables.push(table);
  }

  /** Sweeps once a minute from now on. */
  start(): void {
    if (this.isClosed) return;
    this.cancel = this.clock.after(PERIOD_MS, () => {
      this.sweep()
        .catch((failure: unknown) => this.logger.warn('retention.failed', { failure: String(failure) }))
        .finally(() => this.start());
    });
  }

  stop(): void {
    this.isClosed = true;
    this.cancel?.();
  }

  /** Deletes everything that is too old by now; resolves to the number of rows. */
  async sweep(): Promise<number> {
    let deleted = 0;
    for (const table of this.tables) deleted += await this.sweepTable(table);
    // The embedded engine has no background worker that takes the room of deleted rows back.
    if (deleted > 0 && !this.database.isShared) await this.database.session((session) => session.script('VACUUM'));
    return deleted;
  }

  private async sweepTable({ table, ageColumn, keepForMs, expiryColumn }: KeptTable): Promise<number> {
    const nowMs = this.clock.nowMs();
    const conditions = [
      ...(keepForMs === Infinity ? [] : [{ column: ageColumn, beforeMs: nowMs - keepForMs }]),
      ...(expiryColumn === undefined ? [] : [{ column: expiryColumn, beforeMs: nowMs }]),
    ];
    let deleted = 0;
    for (const { column, beforeMs } of conditions) deleted += await this.deleteBefore(table, column, beforeMs);
    if (deleted > 0) this.logger.info('retention.deleted', { table, rows: deleted });
    return deleted;
  }

  private async deleteBefore(table: string, column: string, beforeMs: number): Promise<number> {
    const name = table
      .split('.')
      .map((part) => `"${part}"`)
      .join('.');
    const text =
      `WITH gone AS (DELETE FROM ${name} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${name} WHERE "${column}" < $1::bigint ` +
      `LIMIT ${BATCH_ROWS} FOR UPDATE SKIP LOCKED)) RETURNING 1) SELECT count(*) AS "count" FROM gone`;
    let total = 0;
    for (;;) {
      const [row] = await this.database.query({ text, values: [Math.floor(beforeMs)] });
      const count = row!['count'] as number;
      total += count;
      if (count < BATCH_ROWS || this.isClosed) return total;
      await this.clock.sleepUntil(this.clock.monotonicMs() + PAUSE_MS);
    }
  }
}
