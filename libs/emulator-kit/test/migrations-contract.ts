import { migrate, openDatabase, readMigrations, resolveMigration, schemaStatus } from '@poligon/emulator-kit';
import type { Database, StateConfig } from '@poligon/emulator-kit';

/** An empty database that can be opened again and again. */
export interface EmptyDatabase {
  readonly place: Pick<StateConfig, 'databaseUrl' | 'stateFolder'>;
  readonly open: () => Promise<Database>;
  readonly drop: () => Promise<void>;
}

const MIGRATIONS = readMigrations();
const NAMES = MIGRATIONS.map(({ name }) => name);
const FIRST = MIGRATIONS[0]!;
const RECORD = '"public"."_prisma_migrations"';
const NEWER = '29991231235959_of_the_future';

/** What the runner of migrations, and a start, do with a database in any condition. */
export function describeMigrations(engine: string, create: () => Promise<EmptyDatabase>): void {
  describe(`migrations on ${engine}`, () => {
    let empty: EmptyDatabase;
    beforeEach(async () => {
      empty = await create();
    }, 60_000);
    afterEach(() => empty.drop());

    const using = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
      const database = await empty.open();
      return work(database).finally(() => database.close());
    };
    const migrated = () => using((database) => migrate(database, MIGRATIONS));
    const run = (text: string, values: unknown[] = []) => using((database) => database.query({ text, values }));
    const record = (name: string, finishedAt: string) =>
      run(
        `INSERT INTO ${RECORD} ("id", "checksum", "migration_name", "finished_at") ` +
          `VALUES (gen_random_uuid()::text, 'x', $1, ${finishedAt})`,
        [name],
      );
    /** Everything that a start could have changed, as text. */
    const picture = () =>
      using(async (database) => {
        const columns = await database.query({
          text: 'SELECT table_schema, table_name, column_name FROM information_schema.columns ORDER BY 1, 2, 3',
        });
        const hasRecord = columns.some(({ table_name: table }) => table === '_prisma_migrations');
        const records = hasRecord ? await database.query({ text: `SELECT * FROM ${RECORD} ORDER BY "id"` }) : [];
        return JSON.stringify([columns, records]);
      });
    const start = async (isMigratedAtStart: boolean) => {
      const limits = { databasePoolSize: 2, stateWaitMs: 5000, isMigratedAtStart };
      const nowhere = { databaseUrl: undefined, stateFolder: undefined, stateRoot: undefined };
      const database = await openDatabase('cuckoo', { ...limits, ...nowhere, ...empty.place });
      await database?.close();
    };
    /** The line with which a start refuses the database, which it leaves as it was. */
    const refusal = async (isMigratedAtStart: boolean): Promise<string> => {
      const before = await picture();
      const failure = await start(isMigratedAtStart).then(
        () => undefined,
        (thrown: Error) => thrown,
      );
      expect(await picture()).toBe(before);
      expect(failure?.name).toBe('SettingsError');
      expect(failure?.message).not.toContain('\n');
      return failure!.message;
    };

    it('applies every migration once, whoever else does the same at the moment', async () => {
      const applied = await using((database) => Promise.all([1, 2, 3].map(() => migrate(database, MIGRATIONS))));
      expect(applied.flat().sort()).toEqual(NAMES);
      const status = await using((database) => schemaStatus(database, MIGRATIONS));
      expect(status).toEqual({ applied: NAMES, pending: [], problems: [] });
      await start(false);
    });

    it('brings an older schema up to date at start where it may', async () => {
      if (engine === 'postgresql')
        expect(await refusal(false)).toContain(
          `${NAMES.length} migrations are not applied, first ${NAMES[0]}: run npm run db:migrate, or set DB_MIGRATE_AT_START=true`,
        );
      await start(true);
      expect(await using((database) => schemaStatus(database, MIGRATIONS))).toMatchObject({
        pending: [],
        problems: [],
      });
    });

    it.each([false, true])('refuses a database that is newer, DB_MIGRATE_AT_START=%s', async (isMigrated) => {
      await migrated();
      await record(NEWER, 'now()');
      expect(await refusal(isMigrated)).toContain(`the database is newer: it has migration ${NEWER}`);
    });

    it.each([false, true])('refuses a failed migration, DB_MIGRATE_AT_START=%s', async (isMigrated) => {
      await migrated();
      await record(NEWER, 'NULL');
      expect(await refusal(isMigrated)).toContain(`migration ${NEWER} failed half-way`);
    });

    it('refuses a migration that was changed after it was applied', async () => {
      await migrated();
      await run(`UPDATE ${RECORD} SET "checksum" = 'other' WHERE "migration_name" = $1`, [FIRST.name]);
      expect(await refusal(true)).toContain(`migration ${FIRST.name} was changed after it was applied`);
    });

    it('goes on when a failed migration was settled by hand', async () => {
      await migrated();
      await record(NEWER, 'NULL');
      await using((database) => resolveMigration(database, NEWER, 'rolled-back'));
      await start(false);
      await expect(using((database) => resolveMigration(database, NEWER, 'applied'))).rejects.toThrow(
        `no failed migration ${NEWER}`,
      );
    });

    it('leaves nothing of a migration that fails', async () => {
      await migrated();
      const before = await picture();
      const broken = { name: NEWER, checksum: 'x', sql: 'CREATE TABLE "kit"."half" (); SELECT nonsense;' };
      await expect(using((database) => migrate(database, [...MIGRATIONS, broken]))).rejects.toThrow(
        `migration ${NEWER} failed: column "nonsense" does not exist`,
      );
      expect(await picture()).toBe(before);
    });
  });
}
