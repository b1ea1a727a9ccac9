import pg from 'pg';

const QUERY_TIMEOUT_MS = 5000;
const CONNECT_TIMEOUT_MS = 5000;

/** Name the observer's session goes by: whoever looks at the server sees who it is, and it is not counted. */
export const OBSERVER_APPLICATION = 'poligon-observer';

/** One session of the observer with limits of its own; reconnects when the server was restarted. */
export class PostgresConnection {
  private client: pg.Client | undefined;

  constructor(private readonly url: string) {}

  /** Rows of a query. Throws when the server cannot be reached or the query takes more than five seconds. */
  async rows<T>(text: string, values: unknown[] = []): Promise<T[]> {
    const client = await this.connected();
    try {
      const { rows } = await client.query(text, values);
      return rows as T[];
    } catch (error) {
      if (isFatal(error) && this.client === client) this.client = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connected(): Promise<pg.Client> {
    if (this.client) return this.client;
    const client = new pg.Client({
      connectionString: this.url,
      application_name: OBSERVER_APPLICATION,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      statement_timeout: QUERY_TIMEOUT_MS,
    });
    // A lost connection is heard of here; the next query opens another.
    const forget = () => {
      if (this.client === client) this.client = undefined;
    };
    client.on('error', forget);
    client.on('end', forget);
    await client.connect();
    this.client = client;
    return client;
  }
}

/** The session is gone, unlike after a query the server refused. */
function isFatal(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || error.severity === 'FATAL';
}
