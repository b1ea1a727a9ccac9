import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import {
  Exchange,
  GroupCommit,
  OutgoingHttp,
  startTelemetry,
  stopTelemetry,
  SystemClock,
  Tracing,
  type Database,
} from '@poligon/emulator-kit';
import { Collector, type CollectedSpan } from '@poligon/testing';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Outbox, type OutgoingMessage } from '../src/bus/outbox.js';
import { PgliteDatabase } from '../src/state/pglite-database.js';
import { openSending, processed } from '../src/telemetry/message-work.js';

const CLIENT = 3;
const PRODUCER = 4;
const CONSUMER = 5;

const clock = new SystemClock();
const collector = new Collector();
const tracing = new Tracing();
let endpoint: string;
let database: Database;

beforeAll(async () => {
  endpoint = await collector.start();
  database = await PgliteDatabase.open();
  await database.query({ text: 'CREATE TABLE "said" ("word" text)' });
});
beforeEach(async () => {
  collector.spans.length = 0;
  await startTelemetry('parrot', {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  });
});
afterEach(stopTelemetry);
afterAll(async () => {
  await database.close();
  await collector.stop();
});

/** Runs `work` as an exchange whose caller recorded it, or not; the id of the exchange's span. */
async function exchange(digit: string, work: () => Promise<unknown>, flags = '01', by = tracing): Promise<void> {
  const made = new Exchange({ operation: `parrot.${digit}`, receivedAtMs: clock.monotonicMs() });
  const span = by.startExchange(made, { traceparent: `00-${digit.repeat(32)}-${'e'.repeat(16)}-${flags}` });
  await by.within(span, work);
  by.endExchange(span, made, 'reply');
}

async function collected(): Promise<readonly CollectedSpan[]> {
  await stopTelemetry();
  return collector.spans;
}

function attributesOf({ attributes }: CollectedSpan): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

/** Whether every span of the kind hangs under the exchange of its own trace. */
function hangsUnderExchange(spans: readonly CollectedSpan[], span: CollectedSpan): boolean {
  return spans.some(
    ({ kind, spanId, traceId }) => kind === 2 && spanId === span.parentSpanId && traceId === span.traceId,
  );
}

function words(write: (rows: readonly string[]) => Promise<void>): GroupCommit<string, undefined> {
  return new GroupCommit<string, undefined>(clock, {
    name: 'parrot.said insert',
    maxRows: 100,
    maxWaiting: 100,
    giveUpMs: 1000,
    isRepeatable: false,
    write: async (rows) => {
      await write(rows);
      return rows.map(() => undefined);
    },
  });
}

describe('a statement of the database', () => {
  it('that many callers share is one client span under each of them, from asking to commit', async () => {
    const commit = words(async (rows) => {
      await database.query({ text: 'INSERT INTO "said" SELECT unnest($1::text[])', values: [rows] });
    });
    await Promise.all(['1', '2', '3'].map((digit) => exchange(digit, () => commit.add(digit))));
    const spans = await collected();
    const inserts = spans.filter(({ kind }) => kind === CLIENT);
    expect(inserts.map(({ traceId }) => traceId[0]).sort()).toEqual(['1', '2', '3']);
    for (const insert of inserts) {
      expect(insert.name).toBe('INSERT parrot.said');
      expect(hangsUnderExchange(spans, insert)).toBe(true);
      expect(attributesOf(insert)).toEqual({
        'db.system.name': 'postgresql',
        'db.operation.name': 'INSERT',
        'db.collection.name': 'parrot.said',
        'db.operation.batch.size': 3,
      });
    }
  });

  it('of one caller is a client span with its command and table', async () => {
    await exchange('1', async () => {
      await database.query({ text: 'SELECT "word" FROM "said" WHERE "word" = $1', values: ['x'] });
      await database.transaction([{ text: 'DELETE FROM "said"' }, { text: 'SELECT 1' }]);
    });
    const spans = (await collected()).filter(({ kind }) => kind === CLIENT);
    expect(spans.map(({ name }) => name)).toEqual(['SELECT said', 'DELETE said']);
  });

  it('that fails is a failed span', async () => {
    const commit = words(async () => {
      await database.query({ text: 'INSERT INTO "nowhere" VALUES (1)' });
    });
    await exchange('1', () => expect(commit.add('x')).rejects.toThrow('nowhere'));
    await exchange('2', () => expect(database.query({ text: 'SELEKT' })).rejects.toThrow('SELEKT'));
    const failed = (await collected()).filter(({ kind }) => kind === CLIENT);
    expect(failed.map(({ status }) => status?.code)).toEqual([2, 2]);
  });

  it.each([
    ['whose caller does not record', '00', tracing],
    ['of a process that looks like one without tracing', '01', severed()],
  ])('%s leaves no span', async (_, flags, by) => {
    const commit = words(async (rows) => {
      await database.query({ text: 'INSERT INTO "said" SELECT unnest($1::text[])', values: [rows] });
    });
    await exchange('1', async () => [await commit.add('x'), await database.query({ text: 'SELECT 1' })], flags, by);
    expect(await collected()).toEqual([]);
  });

  it('leaves none outside of exchanges', async () => {
    await database.query({ text: 'SELECT 1' });
    expect(await collected()).toEqual([]);
  });
});

function severed(): Tracing {
  const made = new Tracing();
  made.sever(() => undefined);
  return made;
}

describe('a message to the broker', () => {
  it('is a producer span that ends when the broker has it, and takes the context along to its consumer', async () => {
    const sent: OutgoingMessage[] = [];
    const outbox = new Outbox<ReturnType<typeof openSending>>(clock, {
      capacity: 10,
      lingerMs: 1,
      encode: (work) => ({ key: '', value: '', headers: work!.carrier, taken: () => work!.end() }),
      send: async (messages) => void sent.push(...messages),
      onFailure: () => undefined,
    });
    await exchange('1', async () => outbox.put(openSending('parrot.changes')));
    await outbox.close(1000);
    let seen: string | undefined;
    await processed('parrot.changes', sent[0]!.headers, async () => {
      seen = trace.getSpanContext(context.active())?.spanId;
    });
    const spans = await collected();
    const producer = spans.find(({ kind }) => kind === PRODUCER)!;
    const consumer = spans.find(({ kind }) => kind === CONSUMER)!;
    expect([producer.name, consumer.name]).toEqual(['send parrot.changes', 'process parrot.changes']);
    expect(hangsUnderExchange(spans, producer)).toBe(true);
    expect(consumer).toMatchObject({ traceId: '1'.repeat(32), parentSpanId: producer.spanId, spanId: seen });
    expect(attributesOf(consumer)).toEqual({
      'messaging.system': 'kafka',
      'messaging.operation.type': 'process',
      'messaging.operation.name': 'process',
      'messaging.destination.name': 'parrot.changes',
    });
  });

  it.each([
    ['without a context', undefined],
    ['whose sender did not record', { traceparent: `00-${'1'.repeat(32)}-${'e'.repeat(16)}-00` }],
    ['with a context that is none', { traceparent: 'nonsense' }],
  ])('%s is handled without a span', async (_, headers) => {
    expect(await processed('parrot.changes', headers, async () => 'done')).toBe('done');
    expect(openSending('parrot.changes')).toBeUndefined();
    expect(await collected()).toEqual([]);
  });
});

describe('a call over HTTP', () => {
  let server: Server;
  let url: string;
  const contexts: string[] = [];
  const http = new OutgoingHttp(tracing);
  beforeAll(async () => {
    server = createServer((request, response) => {
      contexts.push(String(request.headers['traceparent']));
      response.writeHead(503).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await http.onApplicationShutdown();
    server.closeAllConnections();
    server.close();
  });

  it('is a client span in the words of the semantic conventions, without the query', async () => {
    await exchange('1', () => http.call({ name: 'neighbour.ask', method: 'GET', url: `${url}/what?secret=1` }));
    const span = (await collected()).find(({ kind }) => kind === CLIENT)!;
    expect(span.name).toBe('neighbour.ask');
    expect(attributesOf(span)).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 503,
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(url).port),
      'url.path': '/what',
    });
    expect(span.status).toEqual({ code: 2 });
    const carried = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, { traceparent: contexts.at(-1) }));
    expect(carried).toMatchObject({ traceId: '1'.repeat(32), spanId: span.spanId, traceFlags: 1 });
  });

  it('passes a context that is not recorded on as it is', async () => {
    await exchange('2', () => http.call({ name: 'neighbour.ask', method: 'GET', url }), '00');
    expect(contexts.at(-1)).toBe(`00-${'2'.repeat(32)}-${'e'.repeat(16)}-00`);
    expect(await collected()).toEqual([]);
  });
});
