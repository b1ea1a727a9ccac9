import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { request } from 'undici';
import { SystemClock } from '../src/runtime/system-clock.js';
import { Tracing } from '../src/runtime/tracing.js';
import { EmbeddedTracing } from '../src/tracing/embedded-tracing.js';
import { OtlpReceiver, type ReceiverOptions } from '../src/tracing/otlp-receiver.js';
import { STORE_LIMITS } from '../src/tracing/trace-store.js';
import type { TraceSpan } from '../src/tracing/trace-span.js';

const LIMITS = { maxBodyBytes: 200_000, maxUnpackedBytes: 1_000_000, maxOpenBytes: 400_000 };

const spanJson = (over: object = {}) => ({
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  name: 'smsc.send',
  kind: 2,
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000000100000000',
  ...over,
});
const exportJson = (spans: readonly object[]) =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'sms-gateway-stub' } }] },
        scopeSpans: [{ spans }],
      },
    ],
  });

describe('the OTLP receiver', () => {
  let receiver: OtlpReceiver;
  let url: string;
  let received: TraceSpan[];

  async function open(over: Partial<ReceiverOptions> = {}): Promise<void> {
    received = [];
    const onSpans = (spans: readonly TraceSpan[]) => void received.push(...spans);
    receiver = new OtlpReceiver({ host: '127.0.0.1', port: 0, limits: LIMITS, onSpans, ...over });
    url = await receiver.start();
  }
  beforeEach(() => open());
  afterEach(() => receiver.stop());

  async function send(body: string | Buffer, headers: Record<string, string> = {}, path = '/v1/traces') {
    const reply = await request(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: reply.statusCode, text: await reply.body.text() };
  }

  it('takes JSON, plain and packed', async () => {
    expect(await send(exportJson([spanJson()]))).toEqual({ status: 200, text: '{}' });
    const packed = gzipSync(exportJson([spanJson()]));
    expect((await send(packed, { 'content-encoding': 'gzip' })).status).toBe(200);
    expect(received).toHaveLength(2);
    expect(received[0]).toMatchObject({ service: 'sms-gateway-stub', name: 'smsc.send', kind: 'server' });
  });

  it('takes the good spans of a request and tells of the others in the answer', async () => {
    const { status, text } = await send(
      exportJson([spanJson(), spanJson({ traceId: 'zz' }), spanJson({ spanId: '' })]),
    );
    expect([status, JSON.parse(text)]).toEqual([
      200,
      { partialSuccess: { rejectedSpans: '2', errorMessage: 'trace_id must be 16 bytes, not all zero' } },
    ]);
    expect(received).toHaveLength(1);
  });

  const bomb = gzipSync(Buffer.alloc(5_000_000));
  it.each([
    ['that is not JSON', 400, '{', {}],
    ['that is not protobuf', 400, 'nonsense', { 'content-type': 'application/x-protobuf' }],
    ['that is not packed as it says', 400, 'plain', { 'content-encoding': 'gzip' }],
    ['packed in a way nobody knows', 415, 'x', { 'content-encoding': 'br' }],
    ['of another type', 415, 'x', { 'content-type': 'text/plain' }],
    ['larger than the limit', 413, 'x'.repeat(300_000), {}],
    ['that unpacks to more than the limit', 413, bomb, { 'content-encoding': 'gzip' }],
  ])('refuses a body %s and goes on with what is good', async (_, status, body, headers) => {
    const refused = await send(body, headers);
    expect(refused.status).toBe(status);
    expect(JSON.parse(refused.text)).toEqual({ code: 3, message: expect.any(String) });
    expect(received).toEqual([]);
    expect((await send(exportJson([spanJson()]))).status).toBe(200);
    expect(received).toHaveLength(1);
    expect(receiver.counts.refused).toEqual({ [status]: 1 });
  });

  it('refuses other paths and methods', async () => {
    expect((await send('{}', {}, '/v1/metrics')).status).toBe(404);
    expect((await request(`${url}/v1/traces`, { headers: { 'content-type': 'application/json' } })).statusCode).toBe(
      405,
    );
  });

  it('asks for its token when it has one', async () => {
    await receiver.stop();
    await open({ token: 'secret' });
    expect((await send('{}')).status).toBe(401);
    expect((await send('{}', { authorization: 'Bearer wrong!' })).status).toBe(401);
    expect((await send('{}', { authorization: 'Bearer secret' })).status).toBe(200);
  });

  it('asks to come again when too much is being read at once', async () => {
    const slow = Array.from({ length: 3 }, () => connect(Number(new URL(url).port), '127.0.0.1'));
    const head =
      'POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 190000\r\n\r\n';
    for (const socket of slow) socket.write(head + 'x'.repeat(180_000));
    let status = 200;
    while (status === 200) ({ status } = await send(exportJson([spanJson()])));
    expect(status).toBe(429);
    for (const socket of slow) socket.destroy();
    while (receiver.counts.refused['aborted'] !== slow.length) await new Promise((resolve) => setImmediate(resolve));
    while (status === 429) ({ status } = await send(exportJson([spanJson()])));
    expect(status).toBe(200);
  });
});

describe('the tracing of a run', () => {
  const limits = { ...STORE_LIMITS, graceMs: 50 };
  const clock = new SystemClock();

  it('puts spans of other processes together with its own and passes them on to a collector', async () => {
    const passed: Buffer[] = [];
    const collector: Server = createServer((incoming, reply) => {
      incoming.on('data', (chunk: Buffer) => passed.push(chunk));
      incoming.on('end', () => reply.end());
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const forwardTo = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    const traces = new EmbeddedTracing({ listen: '127.0.0.1:0', forwardTo, clock, limits });
    const { endpoint } = await traces.start();
    const tracing = new Tracing({ sink: traces, now: () => clock.now() });
    const operation = tracing.operation('sign-unep', { 'poligon.step': 1, 'poligon.stage': 'hold' });
    const call = operation.call('document.sign');
    const [, traceId, spanId] = call.traceparent.split('-');
    const startNs = BigInt(Math.round(clock.now())) * 1_000_000n;
    await clock.sleep(20);
    const times = { startTimeUnixNano: String(startNs), endTimeUnixNano: String(startNs + 10_000_000n) };
    const body = exportJson([spanJson({ traceId, parentSpanId: spanId, ...times })]);
    await request(`${endpoint}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    call.end();
    operation.end();
    const summary = await traces.finish();
    collector.closeAllConnections();
    collector.close();
    expect(summary.operations).toMatchObject({ total: 1, complete: 1, orphanSpans: 0 });
    expect(summary.steps).toMatchObject([{ operation: 'sign-unep', step: 1, stage: 'hold', count: 1 }]);
    expect(Object.keys(summary.steps[0]!.parts)).toContain('external:sms-gateway-stub');
    expect(summary.kept[0]!.spans.map(({ name }) => name)).toEqual(['sign-unep', 'document.sign', 'smsc.send']);
    expect(summary.intake.forwarding).toEqual({ forwarded: 1, dropped: 0, failed: 0 });
    expect(Buffer.concat(passed).toString()).toBe(body);
  });

  it('does without other processes when its port is taken, and counts what a dead collector did not take', async () => {
    const taken = new EmbeddedTracing({ listen: '127.0.0.1:0', forwardTo: 'http://127.0.0.1:1', clock, limits });
    const { endpoint } = await taken.start();
    const port = new URL(endpoint!).port;
    const second = new EmbeddedTracing({ listen: `127.0.0.1:${port}`, clock, limits });
    expect((await second.start()).failure).toContain('EADDRINUSE');
    await second.finish();
    const body = exportJson([spanJson()]);
    await request(`${endpoint}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { intake } = await taken.finish();
    expect(intake.forwarding).toMatchObject({ forwarded: 0, failed: 1 });
  });
});

describe('protobuf over the wire', () => {
  it('answers with a partial success the SDK can read', async () => {
    const receiver = new OtlpReceiver({ host: '127.0.0.1', port: 0, onSpans: () => undefined });
    const url = await receiver.start();
    // One resource with one scope with one empty span.
    const body = Buffer.from([0x0a, 0x04, 0x12, 0x02, 0x12, 0x00]);
    const headers = { 'content-type': 'application/x-protobuf' };
    const reply = await request(`${url}/v1/traces`, { method: 'POST', headers, body });
    const answer = ProtobufTraceSerializer.deserializeResponse(new Uint8Array(await reply.body.arrayBuffer()));
    await receiver.stop();
    expect(answer.partialSuccess?.errorMessage).toContain('trace_id');
  });
});
