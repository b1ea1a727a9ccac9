import { Bus, Exchange, stopTelemetry, Tracing, type RunningEmulator } from '@poligon/emulator-kit';
import { Collector, startEmulator } from '@poligon/testing';
import { randomUUID } from 'node:crypto';
import { parrot } from './parrot.js';

const brokers = process.env['TEST_KAFKA_BROKERS'];
const skipped = brokers === undefined ? ' [skipped: TEST_KAFKA_BROKERS names no broker]' : '';
const TRACE = 'a'.repeat(32);

async function until(holds: () => boolean, limitMs = 15_000): Promise<void> {
  const startMs = performance.now();
  while (!holds()) {
    if (performance.now() - startMs > limitMs) throw new Error(`still not so after ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

(brokers === undefined ? describe.skip : describe)(`a change on its way through Kafka${skipped}`, () => {
  const collector = new Collector();
  const prefix = `test-${randomUUID().slice(0, 8)}`;
  let replicas: RunningEmulator[];
  const busOf = (replica: RunningEmulator) => replica.app.get<Bus>(Bus, { strict: false });

  beforeAll(async () => {
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: await collector.start(),
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      KAFKA_BROKERS: brokers!,
      KAFKA_TOPIC_PREFIX: prefix,
    };
    replicas = [await startEmulator(parrot, environment), await startEmulator(parrot, environment)];
    await until(() => replicas.every((replica) => busOf(replica).reachesReplicas));
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.close()));
    await stopTelemetry();
    await collector.stop();
  });

  it('is a producer span under the exchange and a consumer span in the other replica, of one trace', async () => {
    const seen: unknown[] = [];
    await busOf(replicas[1]!).subscribe('weather', (event) => void seen.push(event));
    const tracing = replicas[0]!.app.get(Tracing, { strict: false });
    const exchange = new Exchange({ operation: 'parrot.say', receivedAtMs: performance.now() });
    const span = tracing.startExchange(exchange, { traceparent: `00-${TRACE}-${'b'.repeat(16)}-01` });
    await tracing.within(span, () => busOf(replicas[0]!).publish('weather', 'rain'));
    tracing.endExchange(span, exchange, 'reply');
    await busOf(replicas[0]!).publish('weather', 'nobody records this');
    await until(() => seen.length === 2);
    await stopTelemetry();
    expect(seen).toEqual(['rain', 'nobody records this']);
    const names = collector.spans.map(({ name }) => name).sort();
    expect(names).toEqual(['parrot.say', `process ${prefix}.parrot.changes`, `send ${prefix}.parrot.changes`]);
    expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
    const of = (kind: number) => collector.spans.find((each) => each.kind === kind)!;
    expect([of(5).parentSpanId, of(4).parentSpanId]).toEqual([of(4).spanId, of(2).spanId]);
  });
});
