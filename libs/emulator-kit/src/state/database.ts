/** One row as the engine gives it: `int8` is a number, `json` stays text. */
export type Row = Readonly<Record<string, unknown>>;

/** One parameterised statement; values stand for `$1`, `$2` …, a list is an array of the engine. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
  /** A statement that is sent again and again is prepared once under this name. */
  readonly name?: string;
}

/** One connection that nobody else uses meanwhile. */
export interface Session {
  query<R extends Row = Row>(statement: Statement): Promise<readonly R[]>;
  /** Runs statements separated by semicolons, without values. */
  script(sql: string): Promise<void>;
}

/**
 * What durable stores are written to: one dialect, two engines. An acknowledged write survives the death of the process.
 * Every verb rejects with DatabaseError.
 */
export abstract class Database {
  abstract readonly engine: 'pglite' | 'postgresql';
  /** True when other processes may write here as well. */
  abstract readonly isShared: boolean;
  /** False from a failure to reach the engine until it answers again. */
  abstract readonly isUp: boolean;
  abstract query<R extends Row = Row>(statement: Statement): Promise<readonly R[]>;
  /** All statements or none; the rows of each. */
  abstract transaction(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]>;
  abstract session<T>(work: (session: Session) => Promise<T>): Promise<T>;
  abstract close(): Promise<void>;
}

/** SQLSTATE classes and codes after which the same statement may succeed later: connection, resources, shutdown, conflict. */
const PASSING = /^(?:08|53|57P0|57014|58|40001|40P01|25006|55P03)/;

/** A statement that failed. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';

  private constructor(
    message: string,
    /** Five characters of the SQL standard; undefined when the engine was not reached. */
    readonly sqlState: string | undefined,
    /** True when the statement certainly had no effect. */
    readonly isUnsent: boolean,
  ) {
    super(message);
  }

  /** What the driver threw; `isUnsent` when it failed before anything was sent. */
  static from(failure: unknown, isUnsent = false): DatabaseError {
    if (failure instanceof DatabaseError) return failure;
    const { code, message } = failure as { code?: unknown; message?: string };
    const sqlState = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E') ? code : undefined;
    const words = message === undefined || message === '' ? String(code ?? failure) : message;
    return new DatabaseError(words, sqlState, isUnsent || sqlState !== undefined);
  }

  /** True when the engine cannot be reached or asks to come back, rather than refuses the statement. */
  get isPassing(): boolean {
    return this.sqlState === undefined || PASSING.test(this.sqlState);
  }
}

/** The database was out of reach for longer than configured, or more writes wait than the queue holds. */
export class StateUnavailableError extends Error {
  override readonly name = 'StateUnavailableError';
}
