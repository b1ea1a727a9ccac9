import type { RunningEmulator } from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Pool } from 'undici';
import { parrot } from './parrot.js';

const CALLS = 2000;

interface Broker {
  readonly address: string;
  readonly close: () => void;
}

/** A broker that accepts connections and never says a word. */
async function silentBroker(): Promise<Broker> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  };
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** A port where nobody listens. */
async function deadBroker(): Promise<Broker> {
  const { address, close } = await silentBroker();
  close();
  return { address, close: () => undefined };
}

async function metric(emulator: RunningEmulator, line: string): Promise<number> {
  const text = await (await fetch(`${emulator.adminUrl}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((candidate) => candidate.startsWith(`${line} `))
      ?.split(' ')[1],
  );
}

describe.each([
  ['down', deadBroker],
  ['silent', silentBroker],
])('an emulator whose brokers are %s', (_state, broker) => {
  let emulator: RunningEmulator;
  let away: Broker;

  beforeAll(async () => {
    away = await broker();
    emulator = await startEmulator(parrot, { KAFKA_BROKERS: away.address, KAFKA_JOURNAL_BUFFER_ENTRIES: '100' });
  });
  afterAll(async () => {
    const startMs = performance.now();
    await emulator.close();
    away.close();
    expect(performance.now() - startMs).toBeLessThan(6000);
  });

  it('starts, answers every call, and counts the journal entries that found no room', async () => {
    const pool = new Pool(emulator.protocolUrl, { connections: 10 });
    const say = () =>
      pool
        .request({ path: '/perch/last', method: 'GET' })
        .then(({ statusCode, body }) => body.dump().then(() => statusCode));
    const statuses = await Promise.all(Array.from({ length: CALLS }, say));
    await pool.close();
    expect(statuses.filter((status) => status !== 206)).toEqual([]);
    expect(await metric(emulator, 'poligon_bus_connected')).toBe(0);
    const dropped = await metric(emulator, 'poligon_bus_dropped_total{kind="journal"}');
    const pending = await metric(emulator, 'poligon_bus_pending{kind="journal"}');
    expect(dropped + pending).toBe(CALLS);
    // The buffer, and one batch on its way.
    expect(pending).toBeLessThanOrEqual(100 + 500);
  });

  it('sets fault rules at once', async () => {
    const rule = { id: 'tired', fault: 'error', operations: ['parrot.last'], options: { code: 'tired' } };
    const startMs = performance.now();
    const set = await fetch(`${emulator.adminUrl}/__admin/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rules: [rule] }),
    });
    expect([set.status, performance.now() - startMs < 1000]).toEqual([200, true]);
    expect((await fetch(`${emulator.protocolUrl}/perch/last`)).status).toBe(503);
    expect(await metric(emulator, 'poligon_bus_pending{kind="changes"}')).toBeGreaterThan(0);
  });
});
