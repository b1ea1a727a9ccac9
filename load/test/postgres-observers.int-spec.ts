import pg from 'pg';
import type { ObservedFile, Observer } from '../src/observe/observer.js';
import { LocksObserver } from '../src/observe/postgres/locks.observer.js';
import type { LocksSample } from '../src/observe/postgres/locks.observer.js';
import { PostgresConnection } from '../src/observe/postgres/postgres-connection.js';
import { SessionsObserver } from '../src/observe/postgres/sessions.observer.js';
import type { SessionsSample } from '../src/observe/postgres/sessions.observer.js';
import { StatementsObserver } from '../src/observe/postgres/statements.observer.js';
import type { StatementsOfHold } from '../src/observe/postgres/statements.observer.js';
import { TablesObserver } from '../src/observe/postgres/tables.observer.js';
import type { TablesSample } from '../src/observe/postgres/tables.observer.js';

const SERVER = process.env['TEST_DATABASE_URL'];
const HOLD = { step: 1, levelPercent: 100, at: 0 };

if (SERVER === undefined) {
  it.skip('observers on PostgreSQL [skipped: TEST_DATABASE_URL is not set]', () => undefined);
} else {
  describe('observers on PostgreSQL', () => {
    const database = `observed_${process.pid}`;
    const url = Object.assign(new URL(SERVER), { pathname: `/${database}` }).href;
    const lines: { file: ObservedFile; line: unknown }[] = [];
    const write = (file: ObservedFile, line: unknown) => void lines.push({ file, line });
    const last = <T>(file: ObservedFile) => lines.findLast((each) => each.file === file)?.line as T;
    const open: Observer[] = [];
    const opened = async <T extends Observer>(observer: T): Promise<T> => {
      await observer.open();
      open.push(observer);
      return observer;
    };
    const onServer = async (statement: string) => {
      const client = new pg.Client({ connectionString: SERVER });
      await client.connect();
      await client.query(statement).finally(() => client.end());
    };
    let a: pg.Client;
    let b: pg.Client;

    beforeAll(async () => {
      await onServer(`create database ${database}`);
      [a, b] = ['a', 'b'].map((name) => new pg.Client({ connectionString: url, application_name: name })) as [
        pg.Client,
        pg.Client,
      ];
      await Promise.all([a.connect(), b.connect()]);
      await a.query('create table things (id int primary key, n int)');
      await a.query('insert into things select i, 0 from generate_series(1, 1000) i');
    });
    afterAll(async () => {
      await Promise.all(open.map((observer) => observer.close({ from: 0, to: 1 })));
      await Promise.all([a.end(), b.end()]);
      await onServer(`drop database ${database} with (force)`);
    });

    it('say in one line that the extension is not there', async () => {
      const observer = new StatementsObserver(new PostgresConnection(url), write);
      await expect(observer.open()).rejects.toThrow('the extension pg_stat_statements is not created in this database');
      await observer.close();
      await a.query('create extension pg_stat_statements');
    });

    it('say in one line that nobody listens', async () => {
      const nobody = new PostgresConnection('postgresql://x:y@127.0.0.1:1/z');
      await expect(new SessionsObserver(nobody, write).open()).rejects.toThrow('ECONNREFUSED');
    });

    it('give what statements did between the edges of a hold, also when their counters were reset in it', async () => {
      const observer = await opened(new StatementsObserver(new PostgresConnection(url), write));
      const work = async (times: number) => {
        for (let nth = 0; nth < times; nth += 1) await a.query('select n from things where n = $1', [nth]);
      };
      await work(3);
      await observer.hold({ ...HOLD, edge: 'start' });
      await work(5);
      await observer.hold({ ...HOLD, edge: 'end' });
      const mine = () => last<StatementsOfHold>('statements').rows.find(({ query }) => query.includes('from things'))!;
      expect(mine()).toMatchObject({ calls: 5, isPartial: false });
      expect(mine().blocks).toBeGreaterThan(0);
      await observer.hold({ ...HOLD, step: 2, edge: 'start' });
      await work(2);
      const own = `select pg_stat_statements_reset(0, (select oid from pg_database where datname = current_database()), $1)`;
      await b.query(own, [mine().queryId]);
      await work(4);
      await observer.hold({ ...HOLD, step: 2, edge: 'end' });
      expect(mine()).toMatchObject({ calls: 4, isPartial: true });
    });

    it('see who waits for whom, and what everybody is doing', async () => {
      const locks = await opened(new LocksObserver(new PostgresConnection(url), write));
      const sessions = await opened(new SessionsObserver(new PostgresConnection(url), write));
      await locks.tick({ at: 1 });
      expect(last('locks')).toBeUndefined();
      await a.query('begin');
      await a.query('update things set n = 1 where id = 7');
      const waiting = b.query('update things set n = 2 where id = 7');
      for (let at = 2; last('locks') === undefined; at += 1) await locks.tick({ at, step: 1 });
      await sessions.tick({ at: 3, step: 1 });
      expect(last<LocksSample>('locks').trees).toEqual([
        expect.objectContaining({
          query: 'update things set n = 1 where id = 7',
          state: 'idle in transaction',
          waitingQuery: 'update things set n = 2 where id = 7',
          relation: 'things',
          waiting: 1,
          depth: 2,
        }),
      ]);
      const sample = last<SessionsSample>('sessions');
      expect(sample).toMatchObject({ active: { Lock: 1 }, idleInTransaction: 1, events: { 'Lock:transactionid': 1 } });
      await a.query('commit');
      await waiting;
    });

    it('survive a session that was cut', async () => {
      const sessions = await opened(new SessionsObserver(new PostgresConnection(url), write));
      await a.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'poligon-observer' and datname = current_database()`,
      );
      await sessions.tick({ at: 4 }).catch(() => undefined);
      await sessions.tick({ at: 5 });
      expect(last<SessionsSample>('sessions').at).toBe(5);
    });

    it('measure tables', async () => {
      const tables = await opened(new TablesObserver(new PostgresConnection(url), write));
      await tables.hold({ ...HOLD, edge: 'start', at: 6 });
      const things = last<TablesSample>('tables').tables.find(({ table }) => table === 'public.things')!;
      expect(things.bytes).toBeGreaterThan(things.indexBytes);
    });
  });
}
