import { Pool, types, type PoolClient, type QueryConfig } from 'pg';
import { asked } from '../telemetry/database-work.js';
import { Database, DatabaseError, type Row, type Session, type Statement } from './database.js';

/** Where the server is and how it is used. */
export interface PostgresOptions {
  readonly url: string;
  /** Connections at most. */
  readonly poolSize: number;
  /** Limit of connecting and of one statement. */
  readonly timeoutMs: number;
  /** Shown by the server in `pg_stat_activity`. */
  readonly applicationName: string;
}

/** Numbers as numbers, documents as text: whoever asked knows what is in them. */
const PARSERS = new Map<number, (text: string) => unknown>([
  [types.builtins.INT8, Number],
  [types.builtins.JSON, (text) => text],
]);

/** A PostgreSQL server, shared with other replicas. It may go away and come back; nothing has to be started again. */
export class PostgresDatabase extends Database {
  readonly engine = 'postgresql';
  readonly isShared = true;
  private readonly pool: Pool;
  private isReached = true;

  constructor({ url, poolSize, timeoutMs, applicationName }: PostgresOptions) {
    super();
    this.pool = new Pool({
      connectionString: url,
      max: poolSize,
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
      application_name: applicationName,
      keepAlive: true,
      allowExitOnIdle: true,
      types: {
        getTypeParser: (oid: number, format?: string) =>
          PARSERS.get(oid) ?? (types.getTypeParser(oid, format as 'text') as (text: string) => unknown),
      },
    });
    // An idle connection that the server closes is not an error: the next statement opens another.
    this.pool.on('error', () => (this.isReached = false));
  }

  get isUp(): boolean {
    return this.isReached;
  }

  async query<R extends Row = Row>(statement: Statement): Promise<readonly R[]> {
    return asked(statement.text, () => this.connected((client) => ask<R>(client, statement)));
  }

  transaction(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
    return asked(statements[0]?.text ?? 'BEGIN', () => this.connected((client) => allOrNone(client, statements)));
  }

  session<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.connected((client) =>
      work({
        query: (statement) => ask(client, statement),
        script: async (sql) => void (await ask(client, { text: sql })),
      }),
    );
  }

  async close(): Promise<void> {
    if (!this.pool.ended) await this.pool.end();
  }

  private async connected<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.connect();
    // A connection lost while it is lent is told to whoever waits for a statement on it; nobody else must hear of it.
    const ignore = () => undefined;
    client.on('error', ignore);
    let broken: Error | undefined;
    try {
      const result = await work(client);
      this.isReached = true;
      return result;
    } catch (failure) {
      if (failure instanceof DatabaseError && isBreaking(failure)) broken = failure;
      if (broken !== undefined) this.isReached = false;
      throw failure;
    } finally {
      client.off('error', ignore);
      client.release(broken);
    }
  }

  private async connect(): Promise<PoolClient> {
    try {
      return await this.pool.connect();
    } catch (failure) {
      this.isReached = false;
      throw DatabaseError.from(failure, true);
    }
  }
}

async function allOrNone(client: PoolClient, statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
  await ask(client, { text: 'BEGIN' });
  try {
    const rows: (readonly Row[])[] = [];
    for (const statement of statements) rows.push(await ask(client, statement));
    await ask(client, { text: 'COMMIT' });
    return rows;
  } catch (failure) {
    await ask(client, { text: 'ROLLBACK' }).catch(() => undefined);
    throw failure;
  }
}

/** True when the connection is of no further use. */
function isBreaking({ sqlState }: DatabaseError): boolean {
  return sqlState === undefined || sqlState.startsWith('57P');
}

async function ask<R extends Row>(client: PoolClient, { text, values, name }: Statement): Promise<readonly R[]> {
  const query: QueryConfig = { text, values: values as unknown[], ...(name === undefined ? {} : { name }) };
  try {
    return (await client.query<R>(query)).rows;
  } catch (failure) {
    throw DatabaseError.from(failure);
  }
}
