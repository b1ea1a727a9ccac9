import { Server, ServerCredentials, status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { propagation } from '@opentelemetry/api';
import { Logger, stopTelemetry, type RunningEmulator } from '@poligon/emulator-kit';
import { startEmulator } from '@poligon/testing';
import { createServer, type IncomingHttpHeaders, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { JsonLogger } from '../src/runtime/logger.js';
import { propagatorOf } from '../src/telemetry/propagator.js';
import { parrot } from './parrot.js';

interface Taken {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let taken: Taken[];
let collector: HttpServer;
let base: string;
let emulator: RunningEmulator | undefined;
/** Variables of this very process, which the exporters of the SDK read by themselves. */
let before: NodeJS.ProcessEnv;

beforeEach(async () => {
  before = { ...process.env };
  taken = [];
  collector = createServer((incoming, reply) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      taken.push({ url: incoming.url!, headers: incoming.headers, body: Buffer.concat(chunks) });
      reply.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await emulator?.close();
  await stopTelemetry();
  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
});

async function say(text = 'hello', headers: Record<string, string> = {}): Promise<number> {
  const reply = await request(`${emulator!.protocolUrl}/perch/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ text }),
  });
  await reply.body.dump();
  return reply.statusCode;
}

/** Starts the parrot with these variables, has it speak, and stops the export. */
async function speak(variables: Record<string, string>): Promise<void> {
  Object.assign(process.env, variables);
  emulator = await startEmulator(parrot, variables);
  expect(await say()).toBe(200);
  await stopTelemetry();
}

describe('a variable of OpenTelemetry', () => {
  const JSON_ = 'application/json';
  const PROTOBUF = 'application/x-protobuf';

  it.each<[string, (at: string) => Record<string, string>, string, string]>([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', (at) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: at }), '/v1/traces', PROTOBUF],
    ['with a path of its own', (at) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: `${at}/in/` }), '/in/v1/traces', PROTOBUF],
    [
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
      (at) => ({
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${at}/as-is`,
      }),
      '/as-is',
      PROTOBUF,
    ],
    [
      'OTEL_EXPORTER_OTLP_PROTOCOL',
      (at) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: at, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }),
      '/v1/traces',
      JSON_,
    ],
    [
      'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
      (at) => ({
        OTEL_EXPORTER_OTLP_ENDPOINT: at,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
        OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
      }),
      '/v1/traces',
      JSON_,
    ],
  ])('%s says where spans go and how', async (_, variables, url, type) => {
    await speak(variables(base));
    expect(taken.map((one) => [one.url, one.headers['content-type']])).toEqual([[url, type]]);
    expect(taken[0]!.body.includes('parrot.say')).toBe(true);
  });

  it('OTEL_EXPORTER_OTLP_HEADERS and OTEL_EXPORTER_OTLP_COMPRESSION change the request', async () => {
    await speak({
      OTEL_EXPORTER_OTLP_ENDPOINT: base,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20secret,x-tenant=hr',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    });
    expect(taken[0]!.headers).toMatchObject({
      authorization: 'Bearer secret',
      'x-tenant': 'hr',
      'content-encoding': 'gzip',
    });
    expect(gunzipSync(taken[0]!.body).includes('parrot.say')).toBe(true);
  });

  it('OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES name the service', async () => {
    await speak({
      OTEL_EXPORTER_OTLP_ENDPOINT: base,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_SERVICE_NAME: 'macaw',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=cage',
    });
    const [{ resource }] = (JSON.parse(taken[0]!.body.toString()) as { resourceSpans: [{ resource: Resource }] })
      .resourceSpans;
    const named = Object.fromEntries(resource.attributes.map(({ key, value }) => [key, value.stringValue]));
    expect(named).toMatchObject({ 'service.name': 'macaw', 'deployment.environment.name': 'cage' });
    expect(named['service.instance.id']).toBe(String(process.pid));
  });

  it.each([
    ['OTEL_SDK_DISABLED', { OTEL_SDK_DISABLED: 'true' }],
    ['OTEL_TRACES_EXPORTER', { OTEL_TRACES_EXPORTER: 'none' }],
    ['OTEL_TRACES_SAMPLER', { OTEL_TRACES_SAMPLER: 'always_off' }],
    ['OTEL_TRACES_SAMPLER_ARG', { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }],
  ])('%s keeps spans from being sent', async (_, variables) => {
    await speak({ OTEL_EXPORTER_OTLP_ENDPOINT: base, ...variables });
    expect(taken).toEqual([]);
  });

  it.each([
    [undefined, ['traceparent', 'tracestate']],
    ['tracecontext', ['traceparent', 'tracestate']],
    ['tracecontext, baggage', ['traceparent', 'tracestate', 'baggage']],
    ['tracecontext,nobody-knows,tracecontext', ['traceparent', 'tracestate']],
    ['none', []],
  ])('OTEL_PROPAGATORS=%s decides what calls carry', (names, fields) => {
    expect(propagatorOf(names === undefined ? {} : { OTEL_PROPAGATORS: names }).fields()).toEqual(fields);
    expect(propagation.fields()).toBeDefined();
  });
});

interface Resource {
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

describe('export over gRPC', () => {
  let grpc: Server;
  let bodies: Buffer[];
  let tenants: unknown[];
  /** Code to refuse with; undefined takes what comes. */
  let code: status | undefined;
  let endpoint: string;

  beforeEach(async () => {
    [bodies, tenants, code] = [[], [], undefined];
    grpc = new Server();
    const same = (bytes: Buffer) => bytes;
    const method = {
      path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
      ...{ requestStream: false, responseStream: false },
      ...{ requestSerialize: same, requestDeserialize: same, responseSerialize: same, responseDeserialize: same },
    };
    grpc.addService(
      { export: method },
      {
        export: ({ request: body, metadata }: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) => {
          tenants.push(metadata.get('x-tenant')[0]);
          if (code !== undefined) return done({ code, details: 'no' });
          bodies.push(body);
          done(null, Buffer.alloc(0));
        },
      },
    );
    const port = await new Promise<number>((resolve, reject) => {
      grpc.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (failure, bound) =>
        failure === null ? resolve(bound) : reject(failure),
      );
    });
    endpoint = `http://127.0.0.1:${port}`;
  });
  afterEach(() => grpc.forceShutdown());

  it('reaches a real receiver, with the headers of the environment', async () => {
    await speak({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=hr',
    });
    expect(bodies).toHaveLength(1);
    expect(['parrot.say', 'service.name', 'poligon.operation'].every((text) => bodies[0]!.includes(text))).toBe(true);
    expect(tenants).toEqual(['hr']);
  });

  it('that is refused keeps no reply waiting and is counted', async () => {
    code = status.RESOURCE_EXHAUSTED;
    emulator = await startEmulator(parrot, {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_TIMEOUT: '300',
      OTEL_BSP_MAX_QUEUE_SIZE: '20',
      OTEL_BSP_SCHEDULE_DELAY: '5',
    });
    const statuses = new Set<number>();
    for (let call = 0; call < 100; call += 1) statuses.add(await say());
    expect([...statuses]).toEqual([200]);
    await stopTelemetry();
    const text = await (await request(`${emulator.adminUrl}/metrics`)).body.text();
    const of = (result: string) =>
      Number(new RegExp(`^poligon_spans_total\\{result="${result}"\\} (\\d+)$`, 'm').exec(text)![1]);
    expect(of('exported')).toBe(0);
    expect(of('dropped') + of('failed')).toBe(100);
    expect(of('failed')).toBeGreaterThan(0);
  });
});

describe('a line of the log', () => {
  it.each(['crash', 'crash later'])('of an exchange that fails (%s) has the ids of its span', async (text) => {
    const lines: Record<string, unknown>[] = [];
    const sink = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
    emulator = await startEmulator(
      parrot,
      { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
      [{ provide: Logger, useValue: new JsonLogger('parrot', 'info', sink) }],
    );
    await say(text, { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` });
    await stopTelemetry();
    const [line] = lines.filter(({ msg }) => msg === 'exchange.failed');
    expect(line).toMatchObject({ service: 'parrot', trace_id: 'a'.repeat(32) });
    expect(taken[0]!.body.toString()).toContain(`"spanId":"${String(line!['span_id'])}"`);
  });
});
