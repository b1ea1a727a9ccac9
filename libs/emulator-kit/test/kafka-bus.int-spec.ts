import type { Bus, RunningEmulator } from '@poligon/emulator-kit';
import { Bus as BusToken, Journal } from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { Kafka, logLevel, type Consumer } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { FaultRules } from '../src/faults/fault-rules.js';
import { parrot } from './parrot.js';

const brokers = process.env['TEST_KAFKA_BROKERS'];
const skipped = brokers === undefined ? ' [skipped: TEST_KAFKA_BROKERS names no broker]' : '';

/** Resolves when the condition holds, in ms since the call; fails after `limitMs`. */
async function until(holds: () => boolean | Promise<boolean>, limitMs = 15_000): Promise<number> {
  const startMs = performance.now();
  while (!(await holds())) {
    if (performance.now() - startMs > limitMs) throw new Error(`still not so after ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return performance.now() - startMs;
}

const busOf = (emulator: RunningEmulator) => emulator.app.get<Bus>(BusToken, { strict: false });

(brokers === undefined ? describe.skip : describe)(`replicas on Kafka${skipped}`, () => {
  const prefix = `test-${randomUUID().slice(0, 8)}`;
  const environment = { KAFKA_BROKERS: brokers!, KAFKA_TOPIC_PREFIX: prefix };
  const client = new Kafka({ brokers: (brokers ?? '').split(','), logLevel: logLevel.NOTHING });
  let replicas: RunningEmulator[];
  let consumer: Consumer;
  const streamed: { key: string; value: { service: string; replica: string; entry: { operation: string } } }[] = [];

  beforeAll(async () => {
    replicas = await Promise.all([startEmulator(parrot, environment), startEmulator(parrot, environment)]);
    await until(() => replicas.every((replica) => busOf(replica).reachesReplicas));
    consumer = client.consumer({ groupId: `${prefix}-observer` });
    await consumer.connect();
    await consumer.subscribe({ topics: [`${prefix}.journal`], fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message }) => {
        streamed.push({ key: String(message.key), value: JSON.parse(String(message.value)) as never });
      },
    });
  });
  afterAll(async () => {
    await consumer.disconnect();
    await Promise.all(replicas.map((replica) => replica.close()));
    const admin = client.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [`${prefix}.journal`, `${prefix}.parrot.changes`] });
    await admin.disconnect();
  });

  it('hands a change to every subscriber of every replica once, in order', async () => {
    const seen: [number, unknown, boolean][] = [];
    for (const [at, replica] of replicas.entries())
      await busOf(replica).subscribe('weather', (event, isRemote) => void seen.push([at, event, isRemote]));
    for (let at = 0; at < 50; at += 1) await busOf(replicas[0]!).publish('weather', { at });
    await until(() => seen.length === 100);
    const ats = Array.from({ length: 50 }, (_, at) => ({ at }));
    expect(seen.filter(([replica]) => replica === 0)).toEqual(ats.map((event) => [0, event, false]));
    expect(seen.filter(([replica]) => replica === 1)).toEqual(ats.map((event) => [1, event, true]));
  });

  it('brings rules set, replaced and removed on one replica to the other within a second', async () => {
    const [first, second] = replicas.map((replica) => replica.app.get(FaultRules, { strict: false }));
    const rule = { operations: ['parrot.last'], fault: 'error', options: { code: 'tired' }, probability: 1 };
    const status = async () => (await fetch(`${replicas[1]!.protocolUrl}/perch/last`)).status;
    const delays: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      await first!.put([{ ...rule, id: 'tired' }], 'test');
      delays.push(await until(async () => (await status()) === 503));
      await (round % 2 === 0 ? first!.remove('tired', 'test') : first!.replace([], 'test'));
      delays.push(await until(async () => (await status()) === 206));
    }
    expect(await second!.list()).toEqual([]);
    expect(Math.max(...delays)).toBeLessThan(1000);
    process.stdout.write(`  rule to the other replica: ${Math.max(...delays).toFixed(0)} ms at most of 20 changes\n`);
  });

  it('brings latency, clock and reset of one admin door to the other', async () => {
    const call = async (replica: number, method: string, path: string, body?: unknown) => {
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const text = await (await fetch(`${replicas[replica]!.adminUrl}/__admin/${path}`, init)).text();
      return (text === '' ? {} : JSON.parse(text)) as { name?: string; shiftMs?: number };
    };
    await call(0, 'PUT', 'latency', { name: 'slow', operations: { 'parrot.none': { distribution: 'fixed', ms: 5 } } });
    await until(async () => (await call(1, 'GET', 'latency')).name === 'slow');
    await call(0, 'PUT', 'clock', { shiftMs: 3_600_000 });
    await until(async () => (await call(1, 'GET', 'clock')).shiftMs === 3_600_000);
    await call(1, 'POST', 'reset');
    await until(async () => (await call(0, 'GET', 'clock')).shiftMs === 0);
    expect((await call(0, 'GET', 'latency')).name).toBe('none');
  });

  it('streams the journal of all replicas under the person', async () => {
    for (const replica of replicas) {
      await fetch(`${replica.protocolUrl}/perch/say`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ who: 'person:77', text: 'hello' }),
      });
    }
    const ofPerson = () => streamed.filter(({ key }) => key === 'person:77');
    await until(() => ofPerson().length === 2);
    expect(ofPerson().map(({ value }) => [value.service, value.entry.operation])).toEqual([
      ['parrot', 'parrot.say'],
      ['parrot', 'parrot.say'],
    ]);
    expect(new Set(ofPerson().map(({ value }) => value.replica)).size).toBe(2);
    expect(
      replicas[0]!.app.get(Journal, { strict: false }).read({ since: 0, limit: 1e6, subject: 'person:77' }),
    ).toHaveLength(1);
  });

  it('survives messages that are not its own', async () => {
    const producer = client.producer();
    await producer.connect();
    const values = [
      '',
      '{',
      'null',
      '[]',
      '{"origin":1}',
      '{"origin":"x","topic":"poligon.faults","event":{"put":[{}]}}',
    ];
    await producer.send({ topic: `${prefix}.parrot.changes`, messages: values.map((value) => ({ value })) });
    await producer.disconnect();
    const seen: unknown[] = [];
    await busOf(replicas[1]!).subscribe('after', (event) => void seen.push(event));
    await busOf(replicas[0]!).publish('after', 'still here');
    await until(() => seen.length === 1);
    expect(seen).toEqual(['still here']);
  });
});
