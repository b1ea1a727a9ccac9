import { createTestDatabase } from '@poligon/testing';
import { PostgresDatabase } from '../src/state/postgres-database.js';
import { describeMigrations } from './migrations-contract.js';

if (process.env['TEST_DATABASE_URL']) {
  describeMigrations('postgresql', async () => {
    const { url, drop } = await createTestDatabase();
    return {
      place: { databaseUrl: url, stateFolder: undefined },
      open: async () => new PostgresDatabase({ url, poolSize: 4, timeoutMs: 5000, applicationName: 'test' }),
      drop,
    };
  });
} else {
  it.skip('migrations on postgresql [skipped: TEST_DATABASE_URL is not set]', () => undefined);
}
