import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** A database of a test's own on a shared server. */
export class OwnDatabase {
  private constructor(
    private readonly server: string,
    private readonly name: string,
  ) {}

  /** @param server connection URL of any database there, its user may create others */
  static async create(server: string): Promise<OwnDatabase> {
    const database = new OwnDatabase(server, `poligon_${randomUUID().replaceAll('-', '')}`);
    await database.run(`CREATE DATABASE ${database.name}`);
    return database;
  }

  get url(): string {
    const url = new URL(this.server);
    url.pathname = `/${this.name}`;
    return url.href;
  }

  drop(): Promise<void> {
    return this.run(`DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`);
  }

  private async run(statement: string): Promise<void> {
    const client = new Client({ connectionString: this.server });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  }
}
