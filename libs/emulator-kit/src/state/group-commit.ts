import type { Attributes } from '@opentelemetry/api';
import type { Clock } from '../runtime/clock.js';
import { recordedContext, type OpenWork } from '../telemetry/client-work.js';
import { openRowWork } from '../telemetry/database-work.js';
import { outsideTraces } from '../telemetry/unrecorded.js';
import { DatabaseError, StateUnavailableError } from './database.js';

/** How rows are gathered and written. */
export interface GroupCommitOptions<Row, Result> {
  /** Named in errors and spans: `<table> <verb>`. */
  readonly name: string;
  /** Writes rows in one statement; the results stand in the order of the rows. */
  readonly write: (rows: readonly Row[]) => Promise<readonly Result[]>;
  /** Most rows of one statement. */
  readonly maxRows: number;
  /** Most rows that wait; beyond it a caller is refused at once. */
  readonly maxWaiting: number;
  /** How long a row may wait for a database out of reach. */
  readonly giveUpMs: number;
  /** True when writing a row twice is the same as once, so that a write whose answer was lost is sent again. */
  readonly isRepeatable: boolean;
}

interface Waiting<Row, Result> {
  readonly row: Row;
  readonly sinceMs: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (failure: Error) => void;
  /** The caller's span, from asking to commit, when its trace is recorded. */
  readonly work: OpenWork | undefined;
}

const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 1000;

/**
 * Many callers, one statement: rows that come while a statement is under way leave together in the next. A caller's promise resolves when the
 * statement that held its row is committed, so callers feel the database's pace and nothing piles up unseen.
 */
export class GroupCommit<Row, Result = void> {
  private queue: Waiting<Row, Result>[] = [];
  private isRunning = false;
  private idle: (() => void)[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly options: GroupCommitOptions<Row, Result>,
  ) {}

  /** Rows that wait or are under way. */
  get waiting(): number {
    return this.queue.length;
  }

  /**
   * Resolves to the row's result once it is committed.
   * @throws StateUnavailableError when the database stays out of reach or the queue is full
   * @throws DatabaseError when the database refuses the row
   */
  add(row: Row): Promise<Result> {
    const { name, maxWaiting } = this.options;
    if (this.queue.length >= maxWaiting)
      return Promise.reject(new StateUnavailableError(`${name}: ${maxWaiting} writes wait for the database already`));
    const at = recordedContext();
    const work = at && openRowWork(at, name);
    return new Promise((resolve, reject) => {
      this.queue.push({ row, sinceMs: this.clock.monotonicMs(), resolve, reject, work });
      if (this.isRunning) return;
      this.isRunning = true;
      // Everything of this turn of the event loop shares the statement, which is nobody's own.
      outsideTraces(() => setImmediate(() => void this.run()));
    });
  }

  addAll(rows: readonly Row[]): Promise<readonly Result[]> {
    return Promise.all(rows.map((row) => this.add(row)));
  }

  /** Resolves when nothing waits. */
  async drained(): Promise<void> {
    if (this.isRunning) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private async run(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (this.queue.length > 0) {
      const batch = this.queue.slice(0, this.options.maxRows);
      const failure = await this.commit(batch);
      this.queue.splice(0, batch.length);
      if (failure === undefined) {
        pauseMs = FIRST_PAUSE_MS;
        continue;
      }
      this.queue = [...this.stillHoping(batch, failure), ...this.queue];
      this.giveUpLate(failure);
      await this.clock.sleepUntil(this.clock.monotonicMs() + pauseMs);
      pauseMs = Math.min(MAX_PAUSE_MS, pauseMs * 2);
    }
    this.isRunning = false;
    for (const resolve of this.idle.splice(0)) resolve();
  }

  /** Settles the batch; a failure is returned, nothing settled, when the database was out of reach. */
  private async commit(batch: readonly Waiting<Row, Result>[]): Promise<DatabaseError | undefined> {
    try {
      const results = await this.options.write(batch.map(({ row }) => row));
      for (const [at, { resolve, work }] of batch.entries()) {
        work?.end(undefined, batchSize(batch));
        resolve(results[at] as Result);
      }
      return undefined;
    } catch (thrown) {
      const failure = DatabaseError.from(thrown);
      if (failure.isPassing) return failure;
      if (batch.length === 1) {
        refuse(batch[0]!, failure);
        return undefined;
      }
      return this.commitHalves(batch);
    }
  }

  /** One row that the database refuses must not take the others with it. */
  private async commitHalves(batch: readonly Waiting<Row, Result>[]): Promise<undefined> {
    const middle = batch.length >> 1;
    for (const half of [batch.slice(0, middle), batch.slice(middle)]) {
      const failure = await this.commit(half);
      if (failure !== undefined) for (const waiting of half) refuse(waiting, this.unavailable(failure));
    }
    return undefined;
  }

  /** Rows of a failed batch that may be written again. */
  private stillHoping(batch: readonly Waiting<Row, Result>[], failure: DatabaseError): Waiting<Row, Result>[] {
    if (this.options.isRepeatable || failure.isUnsent) return [...batch];
    for (const waiting of batch) refuse(waiting, this.unavailable(failure));
    return [];
  }

  private giveUpLate(failure: DatabaseError): void {
    const oldestMs = this.clock.monotonicMs() - this.options.giveUpMs;
    const late = this.queue.filter(({ sinceMs }) => sinceMs <= oldestMs);
    this.queue = this.queue.filter(({ sinceMs }) => sinceMs > oldestMs);
    for (const waiting of late) refuse(waiting, this.unavailable(failure));
  }

  private unavailable(failure: DatabaseError): StateUnavailableError {
    return new StateUnavailableError(`${this.options.name}: the database is out of reach: ${failure.message}`);
  }
}

function refuse({ work, reject }: Pick<Waiting<unknown, unknown>, 'work' | 'reject'>, failure: Error): void {
  work?.end(failure);
  reject(failure);
}

/** Rows of the statement, told only of a real batch as the semantic conventions demand. */
function batchSize({ length }: readonly unknown[]): Attributes | undefined {
  return length > 1 ? { 'db.operation.batch.size': length } : undefined;
}
