import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { SystemClock } from '../src/runtime/system-clock.js';
import { Tracing } from '../src/runtime/tracing.js';
import { EmbeddedTracing } from '../src/tracing/embedded-tracing.js';
import { STORE_LIMITS } from '../src/tracing/trace-store.js';

const PATH = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const clock = new SystemClock();
const limits = { ...STORE_LIMITS, graceMs: 50 };

describe('OTLP over gRPC', () => {
  let traces: EmbeddedTracing;
  let client: Client;
  let port: number;

  async function open(token?: string): Promise<void> {
    traces = new EmbeddedTracing({ listen: '127.0.0.1:0', listenGrpc: '127.0.0.1:0', token, clock, limits });
    port = (await traces.start()).grpcPort!;
    client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  }
  afterEach(async () => {
    client.close();
    await traces.finish();
  });

  /** The answer, or the code of the refusal. */
  function send(body: Buffer, authorization?: string): Promise<Buffer | number> {
    const metadata = new Metadata();
    if (authorization !== undefined) metadata.set('authorization', authorization);
    const same = (bytes: Buffer) => bytes;
    return new Promise((resolve) => {
      client.makeUnaryRequest(PATH, same, same, body, metadata, (failure: ServiceError | null, answer?: Buffer) =>
        resolve(failure === null ? answer! : failure.code),
      );
    });
  }

  it('puts what the stock exporter sends together with the spans of the run', async () => {
    await open();
    const tracing = new Tracing({ sink: traces, now: () => clock.now() });
    const operation = tracing.operation('sign-unep', { 'poligon.step': 1, 'poligon.stage': 'hold' });
    const call = operation.call('document.sign');
    const [, traceId, spanId] = call.traceparent.split('-');
    const exporter = new OTLPTraceExporter({ url: `http://127.0.0.1:${port}` });
    const provider = new TracerProvider({
      sampler: new AlwaysOnSampler(),
      spanProcessors: [new BatchSpanProcessor({ exporter })],
    });
    const parent = trace.setSpanContext(ROOT_CONTEXT, { traceId: traceId!, spanId: spanId!, traceFlags: 1 });
    provider.getTracer('hr').startSpan('hrlink.document.sign', { kind: SpanKind.SERVER }, parent).end();
    await provider.shutdown();
    call.end();
    operation.end();
    const { kept, operations, intake } = await traces.finish();
    expect(operations).toMatchObject({ total: 1, complete: 1, orphanSpans: 0 });
    expect(kept[0]!.spans.map(({ name }) => name)).toEqual(['sign-unep', 'document.sign', 'hrlink.document.sign']);
    expect(intake.refusedRequests).toEqual({});
  });

  it('refuses what is no message or too large, tells of spans that break a rule, and goes on', async () => {
    await open();
    expect(await send(Buffer.from('nonsense'))).toBe(status.INVALID_ARGUMENT);
    expect(await send(Buffer.alloc(5_000_000))).toBe(status.RESOURCE_EXHAUSTED);
    // One resource with one scope with one empty span.
    const answer = await send(Buffer.from([0x0a, 0x04, 0x12, 0x02, 0x12, 0x00]));
    const told = ProtobufTraceSerializer.deserializeResponse(new Uint8Array(answer as Buffer));
    expect(told.partialSuccess?.errorMessage).toContain('trace_id');
    expect(await send(Buffer.alloc(0))).toEqual(Buffer.alloc(0));
    const { intake } = await traces.finish();
    expect(intake).toMatchObject({ rejectedSpans: 1, refusedRequests: { 'grpc 3': 1 } });
  });

  it('asks for its token when it has one', async () => {
    await open('secret');
    expect(await send(Buffer.alloc(0))).toBe(status.UNAUTHENTICATED);
    expect(await send(Buffer.alloc(0), 'Bearer wrong!')).toBe(status.UNAUTHENTICATED);
    expect(await send(Buffer.alloc(0), 'Bearer secret')).toEqual(Buffer.alloc(0));
  });

  it('does without gRPC when its port is taken, and says why', async () => {
    await open();
    const second = new EmbeddedTracing({ listen: '127.0.0.1:0', listenGrpc: `127.0.0.1:${port}`, clock, limits });
    const doors = await second.start();
    expect(doors.failure).toMatch(/EADDRINUSE|No address added/);
    expect(doors.endpoint).toMatch(/^http:/);
    await second.finish();
  });
});
