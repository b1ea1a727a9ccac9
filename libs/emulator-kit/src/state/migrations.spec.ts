import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMigrations } from './migration-folder.js';
import { migrate } from './migrations.js';
import { openDatabase } from './open-database.js';
import { PgliteDatabase } from './pglite-database.js';

const LIMITS = { databasePoolSize: 1, stateWaitMs: 1000, isMigratedAtStart: false, stateRoot: undefined };

describe('a state folder', () => {
  let stateFolder: string;
  let database: PgliteDatabase;
  const start = () => openDatabase('cuckoo', { ...LIMITS, stateFolder, databaseUrl: undefined });
  beforeAll(async () => {
    stateFolder = mkdtempSync(join(tmpdir(), 'poligon-folder-'));
    database = await PgliteDatabase.open(stateFolder);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    rmSync(stateFolder, { recursive: true });
  });

  it('gets every migration once, however many ask for them', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => migrate(database, readMigrations())));
    expect(applied.flat()).toEqual(readMigrations().map(({ name }) => name));
  });

  it('is refused while another process uses it', async () => {
    await expect(start()).rejects.toThrow(
      `state folder ${stateFolder}: folder ${stateFolder} is in use by another process`,
    );
  });

  it('is refused when a newer version has written it', async () => {
    await database.query({
      text:
        `INSERT INTO "public"."_prisma_migrations" ("id", "checksum", "migration_name", "finished_at") ` +
        `VALUES ('1', 'x', '2999_future', now())`,
    });
    await database.close();
    await expect(start()).rejects.toThrow(
      `state folder ${stateFolder}: the database is newer: it has migration 2999_future`,
    );
  }, 60_000);
});

describe('a database that cannot be reached', () => {
  it('is told in one line without its password', async () => {
    const databaseUrl = 'postgresql://user:very-secret@127.0.0.1:1/poligon';
    const opening = openDatabase('cuckoo', { ...LIMITS, databaseUrl, stateFolder: undefined });
    await expect(opening).rejects.toThrow('database 127.0.0.1:1/poligon: connect ECONNREFUSED 127.0.0.1:1');
  });
});
