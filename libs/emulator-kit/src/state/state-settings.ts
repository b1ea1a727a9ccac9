import { z } from 'zod';
import { setting, value } from '../runtime/settings.js';

const databaseUrl = z
  .string()
  .refine((text) => /^postgres(?:ql)?:\/\/./.test(text) && URL.canParse(text), 'must be a postgresql:// URL')
  .optional();

/** Where state is kept, the same for every emulator; `prefix` is the service's own. */
export function stateSettings(prefix: string) {
  return {
    databaseUrl: setting('DATABASE_URL', databaseUrl, 'PostgreSQL server that keeps the state, postgresql://…'),
    stateFolder: setting(
      `${prefix}_STATE_FOLDER`,
      value.optionalText(),
      'folder of the embedded database that keeps the state; memory when neither is named',
    ),
    stateRoot: setting('STATE_FOLDER', value.optionalText(), 'the same for all services: each takes a folder in it'),
    isMigratedAtStart: setting(
      'DB_MIGRATE_AT_START',
      value.flag(false),
      'bring the schema of the PostgreSQL server up to date at start instead of refusing an older one',
    ),
    databasePoolSize: setting('DATABASE_POOL_SIZE', value.int(5, 1, 1000), 'connections to the PostgreSQL server'),
    stateWaitMs: setting(
      'STATE_WAIT_MS',
      value.int(10_000, 100, 600_000),
      'how long calls wait for a database that is out of reach before they fail',
    ),
    stateMaxWaiting: setting(
      'STATE_MAX_WAITING_ROWS',
      value.int(100_000, 100, 10_000_000),
      'writes of one kind that may wait for the database; more are refused',
    ),
    stateKeepFor: setting(
      'STATE_KEEP_FOR',
      z
        .string()
        .transform((text) => text.split(',').map((pair) => pair.trim().split('=')))
        .refine(
          (pairs) =>
            pairs.every(
              (pair) => pair.length === 2 && /^[a-z_0-9]+\.[a-z_0-9]+$/.test(pair[0]!) && isDuration(pair[1]!),
            ),
          'must be table=time, comma separated, time such as 90s, 30m, 12h, 7d or forever: sms.message=7d',
        )
        .transform((pairs) => new Map(pairs.map(([table, time]) => [table!, durationMs(time!)])))
        .default(new Map<string, number>()),
      'how long rows are kept by table, instead of the defaults',
    ),
  };
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function isDuration(text: string): boolean {
  return text === 'forever' || /^\d{1,9}[smhd]$/.test(text);
}

function durationMs(text: string): number {
  return text === 'forever' ? Infinity : Number(text.slice(0, -1)) * UNIT_MS[text.at(-1)!]!;
}
