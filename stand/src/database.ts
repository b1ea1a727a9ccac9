import {
  connectDatabase,
  migrate,
  MigrationError,
  placeOf,
  readMigrations,
  resolveMigration,
  schemaStatus,
  SettingsError,
  type Database,
  type StatePlace,
} from '@poligon/emulator-kit';
import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { COMPONENTS } from './components.js';
import { exit, readStateConfig } from './config.js';

const MIGRATIONS = readMigrations();
const config = readStateConfig();

/** The databases that the settings name: one server, or the folder of each service that has one. */
function places(): readonly StatePlace[] {
  if (config.databaseUrl !== undefined) return [placeOf('db', config)!];
  const folders = COMPONENTS.map(({ name }) => placeOf(name, config)).filter((place) => place !== undefined);
  return folders.filter(({ folder }) => existsSync(folder!));
}

async function eachDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const found = places();
  if (found.length === 0) throw new SettingsError('DATABASE_URL or STATE_FOLDER: must name a database that is there');
  for (const place of found) {
    print(place.name);
    const database = await connectDatabase('db', place, config);
    try {
      await work(database);
    } finally {
      await database.close();
    }
  }
}

async function status(): Promise<void> {
  let isCurrent = true;
  await eachDatabase(async (database) => {
    const { applied, pending, problems } = await schemaStatus(database, MIGRATIONS);
    for (const name of applied) print(`  applied  ${name}`);
    for (const name of pending) print(`  pending  ${name}`);
    for (const problem of problems) print(`  problem  ${problem}`);
    isCurrent &&= pending.length + problems.length === 0;
  });
  print(isCurrent ? 'up to date' : 'not up to date');
  exit(isCurrent ? 0 : 1);
}

async function bringUpToDate({ applied, rolledBack }: { applied?: string; rolledBack?: string }): Promise<void> {
  await eachDatabase(async (database) => {
    if (applied !== undefined) await resolveMigration(database, applied, 'applied');
    if (rolledBack !== undefined) await resolveMigration(database, rolledBack, 'rolled-back');
    for (const name of await migrate(database, MIGRATIONS)) print(`  applied  ${name}`);
  });
  print('up to date');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const program = new Command('database').description('schema of the state that services keep');
program.command('status').description('0 when up to date, 1 when not, 2 when out of reach').action(status);
program
  .command('migrate')
  .description('applies what is pending; safe to run from several places at once')
  .option('--applied <name>', 'a failed migration was finished by hand')
  .option('--rolled-back <name>', 'a failed migration was undone by hand')
  .action(bringUpToDate);

program.parseAsync().catch((failure: unknown) => {
  process.stderr.write(`database: ${failure instanceof Error ? failure.message : String(failure)}\n`);
  exit(failure instanceof SettingsError || failure instanceof MigrationError ? 2 : 1);
});
