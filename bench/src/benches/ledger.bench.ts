import { PGlite } from '@electric-sql/pglite';
import {
  connectDatabase,
  InProcessBus,
  Logger,
  migrate,
  readMigrations,
  State,
  SystemClock,
} from '@poligon/emulator-kit';
import type { Database, StatePlace, Statement } from '@poligon/emulator-kit';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Message } from '../../../services/sms-gateway-stub/src/domain/message.js';
import { AccountStore } from '../../../services/sms-gateway-stub/src/state/account.store.js';
import { DatabaseMessageStore } from '../../../services/sms-gateway-stub/src/state/database-message.store.js';
import { insertMessages } from '../../../services/sms-gateway-stub/src/state/message-row.js';
import type { Bench } from '../harness/bench.js';
import { serverUrl } from '../harness/config.js';
import { median, short } from '../harness/statistics.js';

/** Callers that each wait for their own acknowledgement, as connections of a busy gateway do. */
const CALLERS = 2000;
/** Rows of one statement: what that many callers make of it, and what the bare loop writes. */
const BATCH_ROWS = 1000;
const FLOOR = 0.5;
const LIMITS = { databasePoolSize: 4, stateWaitMs: 30_000 };

/** Acknowledged durable messages a second, next to a loop that does nothing but insert. */
export const ledger: Bench = {
  name: 'ledger',
  about: 'acknowledged durable SMS a second next to a bare INSERT … unnest loop of the same batch size',
  defaults: { rounds: 5, seconds: 2 },
  async run({ rounds, seconds, log }) {
    const engines = [await embedded(), ...(await server())];
    const results = [];
    for (const engine of engines) {
      const ours: number[] = [];
      const bare: number[] = [];
      try {
        for (let round = 0; round <= rounds; round += 1) {
          const acknowledged = await acknowledgedRate(engine.database, seconds);
          const inserted = await bareRate(engine.query, seconds);
          // The first round warms both up.
          if (round === 0) continue;
          ours.push(acknowledged);
          bare.push(inserted);
        }
      } finally {
        await engine.close();
      }
      const ratio = short(median(ours) / median(bare), 3);
      results.push({ engine: engine.name, ours: Math.round(median(ours)), reference: Math.round(median(bare)), ratio });
      log(
        `${engine.name.padEnd(11)} acknowledged ${Math.round(median(ours))}/s, bare loop ${Math.round(median(bare))}/s, ratio ${ratio}`,
      );
    }
    const judged = results.at(-1)!;
    if (judged.engine !== 'postgresql') log('postgresql  not measured: TEST_DATABASE_URL is not set');
    return {
      bench: 'ledger',
      ratio: judged.ratio,
      floor: FLOOR,
      holds: judged.ratio >= FLOOR,
      ours: judged.ours,
      reference: judged.reference,
      engine: judged.engine,
      results,
      callers: CALLERS,
      batchRows: BATCH_ROWS,
    };
  },
};

interface Engine {
  readonly name: string;
  /** What the gateway writes to. */
  readonly database: Database;
  /** The driver alone, on a connection of its own. */
  readonly query: (statement: Statement) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

async function opened(place: StatePlace): Promise<Database> {
  const database = await connectDatabase('bench', place, LIMITS);
  await migrate(database, readMigrations());
  return database;
}

/** The bare loop calls an engine of its own in this very thread: nobody else waits for it. */
async function embedded(): Promise<Engine> {
  const root = mkdtempSync(join(tmpdir(), 'poligon-ledger-'));
  const prepared = await opened({ name: 'reference', folder: join(root, 'reference') });
  await prepared.close();
  const bare = await PGlite.create({ dataDir: join(root, 'reference') });
  const database = await opened({ name: 'ours', folder: join(root, 'ours') });
  return {
    name: 'pglite',
    database,
    query: ({ text, values }) => bare.query(text, [...(values ?? [])]),
    close: async () => {
      await database.close();
      await bare.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Two new databases on the server of `TEST_DATABASE_URL`; none when there is no server. */
async function server(): Promise<readonly Engine[]> {
  const given = serverUrl();
  if (given === undefined) return [];
  const name = `poligon_ledger_${randomBytes(4).toString('hex')}`;
  const admin = new Client({ connectionString: given });
  await admin.connect();
  const urls = ['ours', 'bare'].map((who) => Object.assign(new URL(given), { pathname: `/${name}_${who}` }).href);
  for (const who of ['ours', 'bare']) await admin.query(`CREATE DATABASE ${name}_${who}`);
  const database = await opened({ name: 'ours', url: urls[0]! });
  await (await opened({ name: 'bare', url: urls[1]! })).close();
  const client = new Client({ connectionString: urls[1]! });
  await client.connect();
  return [
    {
      name: 'postgresql',
      database,
      query: ({ name: prepared, text, values }) => client.query({ name: prepared!, text, values: [...(values ?? [])] }),
      close: async () => {
        await database.close();
        await client.end();
        for (const who of ['ours', 'bare']) await admin.query(`DROP DATABASE ${name}_${who} WITH (FORCE)`);
        await admin.end();
      },
    },
  ];
}

class Silence extends Logger {
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}

/** The bench is about messages: nobody's account is charged. */
class NobodysAccounts extends AccountStore {
  find(): undefined {}
  findByKey(): undefined {}
  put(): void {}
  remove(): boolean {
    return false;
  }
  list(): readonly [] {
    return [];
  }
}

let lastId = 0;

function message(id: number): Message {
  return {
    id,
    dialect: 'smsc',
    account: 'poligon',
    phone: `7943${String(id % 10_000_000).padStart(7, '0')}`,
    sender: 'HR-Link',
    text: `Код подтверждения: ${id % 1_000_000}. Никому его не сообщайте.`,
    segments: 1,
    cost: 1.44,
    acceptedAtMs: 1_700_000_000_000 + id,
    state: 'sent',
    changedAtMs: 1_700_000_000_000 + id,
    error: 0,
  };
}

async function acknowledgedRate(database: Database, seconds: number): Promise<number> {
  const clock = new SystemClock();
  const logger = new Silence();
  const config = { stateMaxWaiting: 100_000, stateWaitMs: LIMITS.stateWaitMs, stateKeepFor: new Map<string, number>() };
  const state = new State({ database, service: 'bench', config, bus: new InProcessBus(logger), clock, logger });
  const store = new DatabaseMessageStore(state, new NobodysAccounts(), { maxMessages: 200_000 });
  const startedMs = performance.now();
  const untilMs = startedMs + seconds * 1000;
  let acknowledged = 0;
  const caller = async () => {
    while (performance.now() < untilMs) {
      lastId += 1;
      await store.add([message(lastId)]);
      acknowledged += 1;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return acknowledged / ((performance.now() - startedMs) / 1000);
}

async function bareRate(query: Engine['query'], seconds: number): Promise<number> {
  const startedMs = performance.now();
  const untilMs = startedMs + seconds * 1000;
  let inserted = 0;
  while (performance.now() < untilMs) {
    const batch = Array.from({ length: BATCH_ROWS }, () => message((lastId += 1)));
    await query(insertMessages(batch));
    inserted += BATCH_ROWS;
  }
  return inserted / ((performance.now() - startedMs) / 1000);
}
