import type { Database, Session } from './database.js';
import type { Migration } from './migration-folder.js';

/** How the schema of a database stands against the migrations of this version. */
export interface SchemaStatus {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** One line each: what keeps this version from working on the database. */
  readonly problems: readonly string[];
}

/** The schema cannot be used or brought up to date; `message` is one line. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

interface Recorded {
  readonly migration_name: string;
  readonly checksum: string;
  readonly isFinished: boolean;
  readonly isRolledBack: boolean;
}

/** The key that Prisma's own engine locks, so that the two never work at the same time. */
const LOCK_KEY = 72_707_369;
const TABLE = '"public"."_prisma_migrations"';
const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS ${TABLE} (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/** Reads how the schema stands; changes nothing. */
export async function schemaStatus(database: Database, migrations: readonly Migration[]): Promise<SchemaStatus> {
  return database.session((session) => readStatus(session, migrations));
}

/**
 * Applies what is pending, one transaction each, while nobody else does; resolves to the names applied.
 * @throws MigrationError when the database is ahead, was changed by hand or has a failed migration, or a migration fails: nothing is changed then
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<readonly string[]> {
  return database.session(async (session) => {
    await session.query({ text: `SELECT pg_advisory_lock(${LOCK_KEY})` });
    try {
      const { pending, problems } = await readStatus(session, migrations);
      if (problems.length > 0) throw new MigrationError(problems[0]);
      if (pending.length > 0) await session.script(CREATE_TABLE);
      for (const migration of migrations.filter(({ name }) => pending.includes(name))) await apply(session, migration);
      return pending;
    } finally {
      await session.query({ text: `SELECT pg_advisory_unlock(${LOCK_KEY})` }).catch(() => undefined);
    }
  });
}

/** How somebody who looked at a failed migration settled it. */
export type Resolution = 'applied' | 'rolled-back';

/**
 * Records that a failed migration was finished, or undone, by hand.
 * @throws MigrationError when no migration of this name has failed
 */
export async function resolveMigration(database: Database, name: string, resolution: Resolution): Promise<void> {
  const column = resolution === 'applied' ? 'finished_at' : 'rolled_back_at';
  const resolved = await database.session(async (session) => {
    if ((await readRecorded(session)).length === 0) return [];
    return session.query({
      text:
        `UPDATE ${TABLE} SET "${column}" = now() WHERE "migration_name" = $1 ` +
        `AND "finished_at" IS NULL AND "rolled_back_at" IS NULL RETURNING "id"`,
      values: [name],
    });
  });
  if (resolved.length === 0) throw new MigrationError(`no failed migration ${name}`);
}

async function apply(session: Session, { name, sql, checksum }: Migration): Promise<void> {
  await session.script('BEGIN');
  try {
    await session.script(sql);
    await session.query({
      text:
        `INSERT INTO ${TABLE} ("id", "checksum", "migration_name", "finished_at", "applied_steps_count") ` +
        `VALUES (gen_random_uuid()::text, $1, $2, now(), 1)`,
      values: [checksum, name],
    });
    await session.script('COMMIT');
  } catch (failure) {
    await session.script('ROLLBACK').catch(() => undefined);
    throw new MigrationError(`migration ${name} failed: ${(failure as Error).message}`);
  }
}

async function readStatus(session: Session, migrations: readonly Migration[]): Promise<SchemaStatus> {
  const recorded = (await readRecorded(session)).filter(({ isRolledBack }) => !isRolledBack);
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const finished = recorded.filter(({ isFinished }) => isFinished);
  const applied = new Set(finished.map(({ migration_name: name }) => name));
  const failed = recorded.filter(({ isFinished, migration_name: name }) => !isFinished && !applied.has(name));
  return {
    applied: [...applied].sort(),
    pending: migrations.map(({ name }) => name).filter((name) => !applied.has(name)),
    problems: [
      ...failed.map(
        ({ migration_name: name }) =>
          `migration ${name} failed half-way; look at the database, then settle it with npm run db:migrate -- --rolled-back ${name} or --applied ${name}`,
      ),
      ...[...applied]
        .filter((name) => !known.has(name))
        .map((name) => `the database is newer: it has migration ${name}`),
      ...finished
        .filter(({ migration_name: name, checksum }) => known.has(name) && known.get(name)!.checksum !== checksum)
        .map(({ migration_name: name }) => `migration ${name} was changed after it was applied`),
    ],
  };
}

async function readRecorded(session: Session): Promise<readonly Recorded[]> {
  const [found] = await session.query({ text: `SELECT to_regclass('${TABLE}') IS NOT NULL AS "exists"` });
  if (found?.['exists'] !== true) return [];
  const rows = await session.query({
    text:
      `SELECT "migration_name", "checksum", "finished_at" IS NOT NULL AS "isFinished", ` +
      `"rolled_back_at" IS NOT NULL AS "isRolledBack" FROM ${TABLE} ORDER BY "started_at"`,
  });
  return rows as unknown as readonly Recorded[];
}
