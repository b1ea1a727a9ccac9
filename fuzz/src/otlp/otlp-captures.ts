import { gzipSync } from 'node:zlib';
import { bytesField, deepValue, exportRequest, fixed64Field, varintField } from './protobuf-writer.js';

const START_NS = 1_700_000_000_000_000_000n;

/** A span as both encodings say it. */
export interface PlainSpan {
  /** 32 and 16 hexadecimal digits. */
  readonly traceId: string;
  readonly spanId: string;
  readonly name: string;
  readonly lengthNs: bigint;
}

/** Span message of protobuf, with further fields as they are. */
export function spanMessage({ traceId, spanId, name, lengthNs }: PlainSpan, ...more: readonly Buffer[]): Buffer {
  return Buffer.concat([
    bytesField(1, Buffer.from(traceId, 'hex')),
    bytesField(2, Buffer.from(spanId, 'hex')),
    bytesField(5, Buffer.from(name)),
    varintField(6, 2),
    fixed64Field(7, START_NS),
    fixed64Field(8, START_NS + lengthNs),
    ...more,
  ]);
}

export function spanJson({ traceId, spanId, name, lengthNs }: PlainSpan, more: object = {}): object {
  const times = { startTimeUnixNano: String(START_NS), endTimeUnixNano: String(START_NS + lengthNs) };
  return { traceId, spanId, name, kind: 2, ...times, ...more };
}

export function exportJson(spans: readonly object[]): Buffer {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'fuzz' } }] };
  return Buffer.from(JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'f' }, spans }] }] }));
}

const SPAN: PlainSpan = { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), name: 'smsc.send', lengthNs: 5_000_000n };
const OTHER: PlainSpan = { ...SPAN, spanId: 'ef'.repeat(8), name: 'ca.issue' };

const text = (key: string, value: string) =>
  bytesField(9, Buffer.concat([bytesField(1, Buffer.from(key)), bytesField(2, bytesField(1, Buffer.from(value)))]));
const attribute = (key: string, value: Buffer) =>
  bytesField(9, Buffer.concat([bytesField(1, Buffer.from(key)), bytesField(2, value)]));
const failed = bytesField(15, Buffer.concat([bytesField(2, Buffer.from('refused')), varintField(3, 2)]));
const event = bytesField(11, Buffer.concat([fixed64Field(1, START_NS), bytesField(2, Buffer.from('event'))]));

const MANY = 200;

/** Bodies of honest senders and of the worst ones, in protobuf. */
export const PROTOBUF_CAPTURES: readonly Buffer[] = [
  exportRequest([spanMessage(SPAN), spanMessage(OTHER, bytesField(4, Buffer.from(SPAN.spanId, 'hex')), failed, event)]),
  exportRequest([spanMessage(SPAN, text('poligon.subject', 'person:7'), text('url.path', 'x'.repeat(500)))]),
  exportRequest([spanMessage(SPAN, ...Array.from({ length: MANY }, (_, at) => text(`poligon.a${at}`, 'x')))]),
  exportRequest(
    Array.from({ length: MANY }, (_, at) => spanMessage({ ...SPAN, spanId: `${at + 1}`.padStart(16, '0') })),
  ),
  exportRequest([]),
  Buffer.alloc(0),
];

export const DEEP_PROTOBUF: readonly Buffer[] = [2, 64, 1000, 20_000].map((depth) =>
  exportRequest([spanMessage(SPAN, attribute('poligon.deep', deepValue(depth)))]),
);

/** The same in JSON. */
export const JSON_CAPTURES: readonly Buffer[] = [
  exportJson([spanJson(SPAN), spanJson(OTHER, { parentSpanId: SPAN.spanId, status: { code: 2, message: 'refused' } })]),
  exportJson([
    spanJson(SPAN, {
      attributes: [
        { key: 'poligon.subject', value: { stringValue: 'person:7' } },
        { key: 'poligon.rule', value: { arrayValue: { values: [{ stringValue: 'slow' }, { intValue: '7' }] } } },
        { key: 'db.x', value: { kvlistValue: { values: [{ key: 'k', value: { doubleValue: 1.5 } }] } } },
      ],
    }),
  ]),
  exportJson([spanJson(SPAN, { startTimeUnixNano: 1.7e18, endTimeUnixNano: '18446744073709551615' })]),
  exportJson([]),
  Buffer.from('{}'),
];

const nestedJson = (depth: number) =>
  Buffer.from(
    exportJson([spanJson(SPAN, { attributes: [{ key: 'poligon.deep', value: 'HERE' }] })])
      .toString()
      .replace('"HERE"', '{"arrayValue":{"values":['.repeat(depth) + '{"intValue":1}' + ']}}'.repeat(depth)),
  );

export const DEEP_JSON: readonly Buffer[] = [
  ...[2, 64, 1000, 5000].map(nestedJson),
  Buffer.from('['.repeat(150_000)),
  Buffer.from(`{"resourceSpans":${'['.repeat(1000)}${']'.repeat(1000)}}`),
];

/** Small when sent, large when unpacked. */
export const GZIP_BOMBS: readonly Buffer[] = [
  gzipSync(Buffer.alloc(30_000_000)),
  gzipSync(Buffer.concat(new Array<Buffer>(40_000).fill(PROTOBUF_CAPTURES[0]!))),
  gzipSync(gzipSync(Buffer.alloc(30_000_000))),
];
