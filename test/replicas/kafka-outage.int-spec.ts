import { KafkaBroker } from './kafka-broker.js';
import { freePorts, Replica, until } from './replica.js';
import { SteadyLoad } from './steady-load.js';

const home = process.env['TEST_KAFKA_HOME'];
const skipped = home === undefined ? ' [skipped: TEST_KAFKA_HOME names no folder with a broker]' : '';

const OUTAGE_MS = 20_000;
const PER_S = 200;
const BUFFER = 2000;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A new text to a new person each time: nothing is a duplicate. */
const path = (number: number) =>
  `/sys/send.php?login=poligon&psw=poligon&fmt=3&phones=7943${String(number).padStart(7, '0')}&mes=Code:${number}`;

(home === undefined ? describe.skip : describe)(`Kafka stopped for ${OUTAGE_MS / 1000} s under load${skipped}`, () => {
  let broker: KafkaBroker;
  let replicas: Replica[];
  const connected = () =>
    Promise.all(replicas.map((replica) => replica.metric('poligon_bus_connected'))).then((all) => all.every(Boolean));

  beforeAll(async () => {
    broker = await KafkaBroker.create(home!);
    const environment = {
      ...freePorts('SMS'),
      SMS_SMPP_PORT: '0',
      SMS_LATENCY_PROFILE: 'none',
      KAFKA_BROKERS: broker.brokers,
      KAFKA_JOURNAL_BUFFER_ENTRIES: String(BUFFER),
    };
    replicas = await Promise.all([1, 2].map(() => Replica.start('sms-gateway-stub', environment)));
    await until(connected, 30_000);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await broker.remove();
  });

  it('answers every call, stays within its memory, and recovers by itself', async () => {
    const [first, second] = replicas as [Replica, Replica];
    const rss = () => first.metric('process_resident_memory_bytes');
    const load = new SteadyLoad(first.protocolUrl, { path, perS: PER_S });
    await wait(5000);
    const before = load.look();
    const rssBefore = await rss();

    await broker.stop();
    await wait(OUTAGE_MS / 2);
    const rule = { id: 'during', fault: 'error', operations: ['smpp.submit_sm'], options: { code: 'ESME_RSYSERR' } };
    const set = await fetch(`${first.adminUrl}/__admin/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rules: [rule] }),
    });
    expect([set.status, await set.text()]).toEqual([200, expect.anything()]);
    await wait(OUTAGE_MS / 2);
    const during = load.look();
    const pending = await first.metric('poligon_bus_pending');
    const dropped = await first.metric('poligon_bus_dropped_total');
    const rssDuring = await rss();

    await broker.start();
    const recoveredMs = await until(connected, 30_000);
    const rulesOfSecond = async () =>
      (await (await fetch(`${second.adminUrl}/__admin/faults`)).json()) as { rules: unknown[] };
    await until(async () => (await rulesOfSecond()).rules.length === 1, 10_000);
    await until(async () => (await first.metric('poligon_bus_pending')) < 200, 10_000);
    await wait(2000);
    const after = await load.stop();

    const mib = (bytes: number) => (bytes / 1_048_576).toFixed(0);
    process.stdout.write(
      `  calls ${before.calls} / ${during.calls} / ${after.calls} before, during and after; failed 0 expected, ` +
        `${before.failures.length + during.failures.length + after.failures.length} seen; p99 ${before.p99Ms.toFixed(1)} / ` +
        `${during.p99Ms.toFixed(1)} / ${after.p99Ms.toFixed(1)} ms; journal entries pending ${pending}, dropped ${dropped}; ` +
        `RSS ${mib(rssBefore)} -> ${mib(rssDuring)} MiB; connected again after ${recoveredMs.toFixed(0)} ms\n`,
    );
    expect([...before.failures, ...during.failures, ...after.failures]).toEqual([]);
    expect(during.calls).toBeGreaterThan((OUTAGE_MS / 1000) * PER_S * 0.9);
    // One batch may be on its way beside the buffer.
    expect(pending).toBeLessThanOrEqual(BUFFER + 500 + 10);
    expect(dropped).toBeGreaterThan(0);
    expect(rssDuring - rssBefore).toBeLessThan(200 * 1_048_576);
    expect(replicas.every(({ isRunning }) => isRunning)).toBe(true);
  }, 120_000);
});
