import {
  Bus,
  InProcessBus,
  migrate,
  openDatabase,
  readMigrations,
  State,
  type Database,
  type StateConfig,
} from '@poligon/emulator-kit';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from './fake-clock.js';
import { SilentLogger } from './silent-logger.js';

/** A store's suite runs on each of these; the last needs a server. */
export type StateEngine = 'memory' | 'pglite' | 'postgresql';

/** What a suite gets: state that is empty before each case. */
export interface EngineUnderTest {
  readonly name: StateEngine;
  /** A new replica of one service on the engine, with the clock below; in memory a replica shares nothing. */
  replica(): State;
  /** Undefined in memory. */
  readonly database: Database | undefined;
  readonly clock: FakeClock;
}

const SETTINGS = {
  isMigratedAtStart: true,
  databasePoolSize: 4,
  stateWaitMs: 5000,
  stateMaxWaiting: 100_000,
  stateKeepFor: new Map<string, number>(),
};
const SERVER_URL = process.env['TEST_DATABASE_URL'];

/** Declares a suite on memory and on the embedded database; for `*.spec.ts`. */
export function describeOnEmbeddedEngines(about: string, body: (engine: EngineUnderTest) => void): void {
  describeOn('memory', about, body);
  describeOn('pglite', about, body);
}

/** Declares a suite on the embedded database alone, for what memory does in another way. */
export function describeOnPglite(about: string, body: (engine: EngineUnderTest) => void): void {
  describeOn('pglite', about, body);
}

/** Declares a suite on the PostgreSQL server of `TEST_DATABASE_URL`, in a database of its own; for `*.int-spec.ts`. */
export function describeOnServer(about: string, body: (engine: EngineUnderTest) => void): void {
  if (SERVER_URL !== undefined && SERVER_URL !== '') describeOn('postgresql', about, body);
  else describe.skip(`${about} on postgresql [skipped: TEST_DATABASE_URL is not set]`, () => body(nothing));
}

const nothing: EngineUnderTest = {
  name: 'postgresql',
  replica: () => {
    throw new Error('no server');
  },
  database: undefined,
  clock: new FakeClock(),
};

function describeOn(name: StateEngine, about: string, body: (engine: EngineUnderTest) => void): void {
  describe(`${about} on ${name}`, () => {
    let opened: OpenedEngine | undefined;
    let clock = new FakeClock();
    beforeAll(async () => {
      opened = await openEngine(name);
    }, 60_000);
    beforeEach(async () => {
      clock = new FakeClock();
      if (opened?.database !== undefined) await emptyTables(opened.database);
    });
    afterAll(async () => opened?.close());
    body({
      name,
      replica: () => replicaOf(opened?.database, clock),
      get database() {
        return opened?.database;
      },
      get clock() {
        return clock;
      },
    });
  });
}

/** A database opened for tests. */
export interface OpenedEngine {
  readonly database: Database | undefined;
  close(): Promise<void>;
}

/** Opens an engine with the schema of this version; on the server in a new database that is dropped on close. */
export async function openEngine(name: StateEngine): Promise<OpenedEngine> {
  if (name === 'memory') return { database: undefined, close: async () => undefined };
  if (name === 'postgresql') return openOnServer();
  const folder = mkdtempSync(join(tmpdir(), 'poligon-state-'));
  const database = await opened({ stateFolder: folder });
  return {
    database,
    close: async () => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A new, empty database on the server of `TEST_DATABASE_URL`. */
export async function createTestDatabase(): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const { Client } = await import('pg');
  const name = `poligon_test_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string) => {
    const client = new Client({ connectionString: SERVER_URL });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(SERVER_URL!);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE ${name} WITH (FORCE)`) };
}

async function openOnServer(): Promise<OpenedEngine> {
  const { url, drop } = await createTestDatabase();
  const database = await opened({ databaseUrl: url });
  await migrate(database, readMigrations());
  return {
    database,
    close: async () => {
      await database.close();
      await drop();
    },
  };
}

async function opened(where: Pick<Partial<StateConfig>, 'databaseUrl' | 'stateFolder'>): Promise<Database> {
  const config = { databaseUrl: undefined, stateFolder: undefined, stateRoot: undefined, ...SETTINGS, ...where };
  return (await openDatabase('test', config))!;
}

function replicaOf(database: Database | undefined, clock: FakeClock): State {
  const logger = new SilentLogger();
  const bus: Bus = new InProcessBus(logger);
  return new State({ database, service: 'test', config: SETTINGS, bus, clock, logger });
}

async function emptyTables(database: Database): Promise<void> {
  const rows = await database.query({
    text:
      `SELECT format('%I.%I', schemaname, tablename) AS "name" FROM pg_tables ` +
      `WHERE schemaname NOT IN ('public', 'pg_catalog', 'information_schema')`,
  });
  if (rows.length > 0) await database.query({ text: `TRUNCATE ${rows.map(({ name }) => String(name)).join(', ')}` });
}
