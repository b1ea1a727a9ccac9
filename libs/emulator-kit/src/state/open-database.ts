import { join } from 'node:path';
import type { CommonConfig } from '../runtime/settings.js';
import { SettingsError } from '../runtime/settings.js';
import { DatabaseError, type Database } from './database.js';
import { readMigrations } from './migration-folder.js';
import { migrate, MigrationError, schemaStatus } from './migrations.js';

/** Settings that say where the state is kept. */
export type StateConfig = Pick<
  CommonConfig,
  'databaseUrl' | 'stateFolder' | 'stateRoot' | 'isMigratedAtStart' | 'databasePoolSize' | 'stateWaitMs'
>;

/** Where the state of one service is kept. */
export interface StatePlace {
  /** Shown in errors; without a password. */
  readonly name: string;
  readonly url?: string;
  readonly folder?: string;
}

/** The place that the settings name; undefined when the state is to live in memory. */
export function placeOf(service: string, { databaseUrl, stateFolder, stateRoot }: StateConfig): StatePlace | undefined {
  if (databaseUrl !== undefined) return { name: `database ${shown(databaseUrl)}`, url: databaseUrl };
  const folder = stateFolder ?? (stateRoot === undefined ? undefined : join(stateRoot, service));
  return folder === undefined ? undefined : { name: `state folder ${folder}`, folder };
}

/**
 * Opens the database that the settings name; undefined when the state is to live in memory. The embedded one is brought up to date, a server
 * only when the settings say so.
 * @throws SettingsError in one line when it cannot be reached or its schema does not fit this version; nothing is changed then
 */
export async function openDatabase(service: string, config: StateConfig): Promise<Database | undefined> {
  const place = placeOf(service, config);
  if (place === undefined) return undefined;
  const database = await connectDatabase(service, place, config);
  try {
    await prepare(database, config.isMigratedAtStart);
    return database;
  } catch (failure) {
    await database.close().catch(() => undefined);
    throw inOneLine(place, failure);
  }
}

/** Opens a database whatever its schema. @throws SettingsError in one line when it cannot be reached */
export async function connectDatabase(
  service: string,
  place: StatePlace,
  limits: Pick<StateConfig, 'databasePoolSize' | 'stateWaitMs'>,
): Promise<Database> {
  try {
    if (place.folder !== undefined) return await openFolder(place.folder);
    const database = await openServer(service, place.url!, limits);
    await database.query({ text: 'SELECT 1' });
    return database;
  } catch (failure) {
    throw inOneLine(place, failure);
  }
}

function inOneLine({ name }: StatePlace, failure: unknown): unknown {
  const isKnown = failure instanceof DatabaseError || failure instanceof MigrationError;
  return isKnown ? new SettingsError(`${name}: ${failure.message.replaceAll('\n', ' ')}`) : failure;
}

/** Drivers are loaded only when they are used: they are large. */
async function openFolder(folder: string): Promise<Database> {
  const { PgliteDatabase } = await import('./pglite-database.js');
  return PgliteDatabase.open(folder);
}

async function openServer(
  service: string,
  url: string,
  { databasePoolSize, stateWaitMs }: Pick<StateConfig, 'databasePoolSize' | 'stateWaitMs'>,
): Promise<Database> {
  const { PostgresDatabase } = await import('./postgres-database.js');
  return new PostgresDatabase({
    url,
    poolSize: databasePoolSize,
    timeoutMs: stateWaitMs,
    applicationName: `poligon ${service}`,
  });
}

async function prepare(database: Database, isMigratedAtStart: boolean): Promise<void> {
  const migrations = readMigrations();
  if (!database.isShared || isMigratedAtStart) {
    await migrate(database, migrations);
    return;
  }
  const { pending, problems } = await schemaStatus(database, migrations);
  if (problems[0] !== undefined) throw new MigrationError(problems[0]);
  if (pending.length > 0) {
    const advice = 'run npm run db:migrate, or set DB_MIGRATE_AT_START=true';
    throw new MigrationError(`${pending.length} migrations are not applied, first ${pending[0]}: ${advice}`);
  }
}

/** The server's address without the password. */
function shown(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
