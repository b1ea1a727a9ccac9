import { SpanKind, SpanStatusCode, TraceFlags, type Attributes } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { decodeJson } from './otlp-json.codec.js';
import { decodeProtobuf } from './otlp-protobuf.codec.js';
import { exportAnswer } from './otlp-answer.codec.js';
import { OtlpFormatError } from './protobuf-reader.js';

/** A span as the OpenTelemetry SDK hands it to its own encoders. */
function sdkSpan(over: Partial<ReadableSpan> = {}, attributes: Attributes = {}): ReadableSpan {
  return {
    name: 'kontur.sign',
    kind: SpanKind.SERVER,
    spanContext: () => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.SAMPLED }),
    parentSpanContext: { traceId: 'a'.repeat(32), spanId: 'c'.repeat(16), traceFlags: TraceFlags.SAMPLED },
    startTime: [1_700_000_000, 123_456_789],
    endTime: [1_700_000_001, 23_456_789],
    duration: [0, 900_000_000],
    status: { code: SpanStatusCode.ERROR, message: 'refused' },
    attributes: {
      'poligon.subject': 'person:7',
      'poligon.injected_ms': 12.5,
      'http.response.status_code': 503,
      ...attributes,
    },
    links: [],
    events: [],
    ended: true,
    resource: resourceFromAttributes({ 'host.name': 'x', 'service.name': 'ca-unep-emulator' }),
    instrumentationScope: { name: 'poligon' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
    ...over,
  };
}

const CODECS = [
  ['protobuf', decodeProtobuf, (spans: ReadableSpan[]) => ProtobufTraceSerializer.serializeRequest(spans)!],
  ['JSON', decodeJson, (spans: ReadableSpan[]) => JsonTraceSerializer.serializeRequest(spans)!],
] as const;

describe.each(CODECS)('OTLP %s as the SDK encodes it', (_, decode, encode) => {
  it('is read back: ids, times to the microsecond, status, attributes of use', () => {
    const body = encode([
      sdkSpan({}, { 'poligon.rule': ['slow', 'lost'], 'secret.header': 'x', 'db.system': 'postgresql' }),
    ]);
    const { spans, rejected } = decode(Buffer.from(body));
    expect(rejected).toBe(0);
    expect(spans).toEqual([
      {
        traceId: 'a'.repeat(32),
        spanId: 'b'.repeat(16),
        parentId: 'c'.repeat(16),
        service: 'ca-unep-emulator',
        name: 'kontur.sign',
        kind: 'server',
        startMs: expect.closeTo(1_700_000_000_123.4568, 2),
        endMs: expect.closeTo(1_700_000_001_023.4568, 2),
        error: 'refused',
        attributes: {
          'poligon.subject': 'person:7',
          'poligon.injected_ms': 12.5,
          'http.response.status_code': 503,
          'poligon.rule': ['slow', 'lost'],
          'db.system': 'postgresql',
        },
      },
    ]);
  });

  it('keeps the good spans beside one that breaks a rule', () => {
    const context = { traceId: 'a'.repeat(32), spanId: '0'.repeat(16), traceFlags: TraceFlags.SAMPLED };
    const bad = sdkSpan({ spanContext: () => context });
    const late = sdkSpan({ endTime: [1_600_000_000, 0] });
    const batch = decode(Buffer.from(encode([bad, sdkSpan(), late])));
    expect(batch.spans).toHaveLength(1);
    expect([batch.rejected, batch.firstProblem]).toEqual([2, 'span_id must be 8 bytes, not all zero']);
  });

  it('bounds what one span may keep', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (__, at) => [`poligon.x${at}`, 'y'.repeat(10_000)]));
    const [span] = decode(Buffer.from(encode([sdkSpan({ name: 'n'.repeat(5000) }, many)]))).spans;
    expect(Object.keys(span!.attributes).length).toBeLessThanOrEqual(24);
    expect(JSON.stringify(span).length).toBeLessThan(8000);
  });

  it('takes anything else apart or refuses it with its own error, never with another', () => {
    const good = Buffer.from(encode([sdkSpan(), sdkSpan()]));
    const mutated = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 })
      .map((changes) => {
        const copy = Buffer.from(good);
        for (const [at, byte] of changes) copy[at] = byte;
        return copy;
      });
    const cut = fc.nat(good.length).map((length) => good.subarray(0, length));
    const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.oneof(mutated, cut, noise), (body) => {
        try {
          for (const span of decode(body).spans) {
            expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
            expect(span.endMs).toBeGreaterThanOrEqual(span.startMs);
          }
        } catch (failure) {
          expect(failure).toBeInstanceOf(OtlpFormatError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('hostile OTLP', () => {
  it('nested a hundred thousand deep costs no stack', () => {
    let value = Buffer.from([0x0a, 0x00]);
    for (let depth = 0; depth < 1000; depth += 1) {
      const length = Buffer.alloc(5);
      let rest = value.length;
      let at = 0;
      for (; rest >= 128; rest >>>= 7) length[at++] = (rest & 127) | 128;
      length[at++] = rest;
      value = Buffer.concat([Buffer.from([0x32]), length.subarray(0, at), value]);
    }
    expect(() => decodeProtobuf(value)).not.toThrow(RangeError);
    const deep = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"poligon.x","value":${'{"arrayValue":{"values":['.repeat(5000)}${']}}'.repeat(5000)}}]}]}]}]}`;
    expect(decodeJson(Buffer.from(deep)).rejected).toBe(1);
  });

  it.each([
    ['a list where a message should be', '{"resourceSpans":{}}'],
    ['a text where a message should be', '{"resourceSpans":["x"]}'],
    ['null', 'null'],
    ['half a text', '{"resourceSpans":[{'],
  ])('%s is refused', (_, text) => {
    expect(() => decodeJson(Buffer.from(text))).toThrow(OtlpFormatError);
  });
});

describe('the answer to an export', () => {
  it('tells how many spans were rejected and why, in either encoding', () => {
    const batch = { spans: [], rejected: 300, firstProblem: 'x'.repeat(200) };
    const json = JSON.parse(exportAnswer('application/json', batch).body.toString()) as unknown;
    expect(json).toEqual({ partialSuccess: { rejectedSpans: '300', errorMessage: batch.firstProblem } });
    const { body } = exportAnswer('application/x-protobuf', batch);
    expect(ProtobufTraceSerializer.deserializeResponse(body)).toMatchObject({
      partialSuccess: { errorMessage: batch.firstProblem },
    });
  });
});
