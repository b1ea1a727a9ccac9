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

/**
 * Opens the database that the settings name; undefined when the state is to live in memory. The embedded one is brought up to date, a server
 * only when the settings say so.
 * @throws SettingsError in one line when it cannot be reached or its schema does not fit this version; nothing is changed then
 */
export async function openDatabase(service: string, config: StateConfig): Promise<Database | undefined> {
  const { databaseUrl, stateFolder, stateRoot } = config;
  const folder = stateFolder ?? (stateRoot === undefined ? undefined : join(stateRoot, service));
  if (databaseUrl !== undefined) {
    return opened(`database ${shown(databaseUrl)}`, config, () => openServer(service, databaseUrl, config));
  }
  return folder === undefined ? undefined : opened(`state folder ${folder}`, config, () => openFolder(folder));
}

async function opened(what: string, config: StateConfig, open: () => Promise<Database>): Promise<Database> {
  let database: Database | undefined;
  try {
    database = await open();
    await prepare(database, config.isMigratedAtStart);
    return database;
  } catch (failure) {
    await database?.close().catch(() => undefined);
    const isKnown = failure instanceof DatabaseError || failure instanceof MigrationError;
    throw isKnown ? new SettingsError(`${what}: ${failure.message.replaceAll('\n', ' ')}`) : failure;
  }
}

/** Drivers are loaded only when they are used: they are large. */
async function openFolder(folder: string): Promise<Database> {
  const { PgliteDatabase } = await import('./pglite-database.js');
  return PgliteDatabase.open(folder);
}

async function openServer(service: string, url: string, config: StateConfig): Promise<Database> {
  const { PostgresDatabase } = await import('./postgres-database.js');
  return new PostgresDatabase({
    url,
    poolSize: config.databasePoolSize,
    timeoutMs: config.stateWaitMs,
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
