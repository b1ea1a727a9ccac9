import { carried, stopTelemetry, SystemClock, type RunningEmulator } from '@poligon/emulator-kit';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { Collector, startEmulator } from '@poligon/testing';
import { request } from 'undici';

import { parrot } from './parrot.js';

const CALLER = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
const traceparent = (flags: string) => `00-${CALLER.traceId}-${CALLER.spanId}-${flags}`;

let collector: Collector;
let emulator: RunningEmulator;

async function start(environment: Record<string, string> = {}): Promise<void> {
  collector = new Collector();
  const endpoint = await collector.start();
  const json = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
  emulator = await startEmulator(parrot, { ...json, ...environment });
}

async function say(headers: Record<string, string> = {}): Promise<number> {
  const reply = await request(`${emulator.protocolUrl}/perch/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-owner': 'flint', ...headers },
    body: JSON.stringify({ text: 'hello', who: 'person:1' }),
  });
  await reply.body.dump();
  return reply.statusCode;
}

async function scrape(accept = 'text/plain'): Promise<string> {
  return (await request(`${emulator.adminUrl}/metrics`, { headers: { accept } })).body.text();
}

afterEach(async () => {
  await emulator.close();
  await stopTelemetry();
  await collector.stop();
});

describe('a recorded exchange', () => {
  it('is a server span under its caller, in the words of the semantic conventions', async () => {
    await start();
    expect(await say({ traceparent: traceparent('01') })).toBe(200);
    await stopTelemetry();
    expect(collector.spans).toHaveLength(1);
    const [span] = collector.spans;
    expect(span).toMatchObject({
      traceId: CALLER.traceId,
      parentSpanId: CALLER.spanId,
      name: 'parrot.say',
      kind: 2,
      attributes: expect.arrayContaining([
        { key: 'http.request.method', value: { stringValue: 'POST' } },
        { key: 'http.route', value: { stringValue: '/perch/say' } },
        { key: 'url.path', value: { stringValue: '/perch/say' } },
        { key: 'http.response.status_code', value: { intValue: 200 } },
        { key: 'poligon.operation', value: { stringValue: 'parrot.say' } },
        { key: 'poligon.subject', value: { stringValue: 'person:1' } },
        { key: 'poligon.client', value: { stringValue: 'flint' } },
      ]),
    });
    expect(Number(span!.endTimeUnixNano)).toBeGreaterThan(Number(span!.startTimeUnixNano));
  });

  it('names the rules that acted and the time they added', async () => {
    await start();
    const rule = { fault: 'latency', operations: ['parrot.*'], options: { ms: 30 } };
    await request(`${emulator.adminUrl}/__admin/faults/slow`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rule),
    });
    await say();
    await stopTelemetry();
    expect(collector.spans[0]!.attributes).toEqual(
      expect.arrayContaining([
        { key: 'poligon.rule', value: { arrayValue: { values: [{ stringValue: 'slow' }] } } },
        { key: 'poligon.fault', value: { arrayValue: { values: [{ stringValue: 'latency' }] } } },
        { key: 'poligon.injected_ms', value: { intValue: 30 } },
      ]),
    );
  });

  it('is the exemplar of its bucket for scrapers that ask for OpenMetrics', async () => {
    await start();
    await say({ traceparent: traceparent('01') });
    const open = await scrape('application/openmetrics-text;version=1.0.0');
    expect(open).toMatch(
      new RegExp(
        `poligon_exchange_duration_seconds_bucket\\{.*\\} 1 # \\{trace_id="${CALLER.traceId}"\\} [\\d.e-]+ \\d+`,
      ),
    );
    expect(open).toContain('# TYPE poligon_exchanges counter');
    expect(open.trimEnd()).toMatch(/# EOF$/);
    const plain = await scrape();
    expect(plain).toContain('poligon_exchanges_total{operation="parrot.say",outcome="reply"} 1');
    expect(plain).not.toContain(CALLER.traceId);
  });
});

describe('sampling', () => {
  it('leaves out what the caller left out', async () => {
    await start();
    await say({ traceparent: traceparent('00') });
    await say({ traceparent: traceparent('01') });
    await stopTelemetry();
    expect(collector.spans).toHaveLength(1);
  });

  it('records the share of the traces that begin here, and of one service alone when its prefix is used', async () => {
    const common = { OTEL_TRACES_SAMPLER: 'parentbased_always_off' };
    await start({
      ...common,
      PARROT_OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      PARROT_OTEL_TRACES_SAMPLER_ARG: '0.3',
    });
    for (let call = 0; call < 400; call += 1) await say();
    await stopTelemetry();
    expect(collector.spans.length).toBeGreaterThan(60);
    expect(collector.spans.length).toBeLessThan(190);
  });

  it('follows nobody with a sampler that has no parent in its name', async () => {
    await start({ OTEL_TRACES_SAMPLER: 'always_off' });
    await say({ traceparent: traceparent('01') });
    await stopTelemetry();
    expect(collector.spans).toEqual([]);
  });
});

describe('work that is put off', () => {
  it('runs in the trace that put it off, whoever set the shared timer', async () => {
    await start();
    const clock = new SystemClock();
    const at = (spanId: string) =>
      trace.setSpanContext(ROOT_CONTEXT, { traceId: CALLER.traceId, spanId, traceFlags: 1 });
    const seen: (string | undefined)[] = [];
    const note = () => void seen.push(trace.getSpanContext(context.active())?.spanId);
    await new Promise<void>((resolve) => {
      context.with(at('1'.repeat(16)), () => clock.after(5, note));
      context.with(at('2'.repeat(16)), () => clock.after(15, note));
      clock.after(10, note);
      clock.after(20, resolve);
    });
    expect(seen).toEqual(['1'.repeat(16), undefined, '2'.repeat(16)]);
    const queue: (() => void)[] = [];
    context.with(at('3'.repeat(16)), () => queue.push(carried(note)));
    queue[0]!();
    expect(seen.at(-1)).toBe('3'.repeat(16));
  });
});
