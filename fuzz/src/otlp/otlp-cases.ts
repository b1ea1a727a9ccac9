import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { mutated } from '../mutation.js';
import { DEEP_JSON, DEEP_PROTOBUF, GZIP_BOMBS, JSON_CAPTURES, PROTOBUF_CAPTURES } from './otlp-captures.js';
import { bytesField, fixed64Field, varintField } from './protobuf-writer.js';

/** One request on the wire, honest about its own framing or not. */
export interface OtlpCase {
  readonly about: string;
  readonly head: string;
  /** What follows the head. */
  readonly body: Buffer;
  /** True when HTTP itself is in order: then there must be an answer. */
  readonly isWhole: boolean;
}

const TYPES = { protobuf: 'application/x-protobuf', json: 'application/json' } as const;

type Headers = Readonly<Record<string, string>>;

function headOf(headers: Headers, line = 'POST /v1/traces HTTP/1.1'): string {
  const lines = Object.entries({ host: 'fuzz', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return `${[line, ...lines].join('\r\n')}\r\n\r\n`;
}

function whole(about: string, body: Buffer, headers: Headers, line?: string): OtlpCase {
  return { about, head: headOf({ 'content-length': String(body.length), ...headers }, line), body, isWhole: true };
}

/** Messages that no sender would make, of fields that exist and fields that do not. */
const { message } = fc.letrec<{ message: Buffer; field: Buffer }>((tie) => ({
  message: fc.array(tie('field'), { maxLength: 6, depthIdentifier: 'otlp' }).map((fields) => Buffer.concat(fields)),
  field: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'otlp' },
    fc.tuple(fc.nat(20), fc.uint8Array({ maxLength: 24 })).map(([at, bytes]) => bytesField(at, Buffer.from(bytes))),
    fc.tuple(fc.nat(20), fc.maxSafeNat()).map(([at, value]) => varintField(at, value)),
    fc.tuple(fc.nat(20), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })).map(([at, value]) => fixed64Field(at, value)),
    fc.tuple(fc.constantFrom(1, 2, 5, 9, 15), tie('message')).map(([at, inner]) => bytesField(at, inner)),
    fc.tuple(fc.nat(20), tie('message'), fc.maxSafeNat()).map(([at, inner, claimed]) => bytesField(at, inner, claimed)),
  ),
}));

const protobuf = fc.oneof(
  { arbitrary: mutated(PROTOBUF_CAPTURES), weight: 6 },
  { arbitrary: message, weight: 4 },
  { arbitrary: fc.constantFrom(...DEEP_PROTOBUF), weight: 1 },
  { arbitrary: mutated(DEEP_PROTOBUF.slice(0, 3)), weight: 1 },
);

/** JSON of the right names with values of any kind. */
const anyJson = fc.json({ maxDepth: 4 }).map((text) => {
  const value = JSON.parse(text) as unknown;
  const span = { traceId: 'ab'.repeat(16), spanId: value, name: value, attributes: [{ key: 'poligon.x', value }] };
  return Buffer.from(JSON.stringify({ resourceSpans: [{ resource: value, scopeSpans: [{ spans: [span, value] }] }] }));
});

const json = fc.oneof(
  { arbitrary: mutated(JSON_CAPTURES), weight: 6 },
  { arbitrary: anyJson, weight: 3 },
  { arbitrary: fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)), weight: 2 },
  { arbitrary: fc.constantFrom(...DEEP_JSON), weight: 1 },
);

const body = fc.oneof(
  protobuf.map((bytes) => ({ type: TYPES.protobuf, bytes })),
  json.map((bytes) => ({ type: TYPES.json, bytes })),
);

const plain = body.map(({ type, bytes }) => whole(`plain ${type}`, bytes, { 'content-type': type }));

const packed = fc
  .tuple(
    body,
    fc.oneof(
      { arbitrary: fc.constant(undefined), weight: 4 },
      { arbitrary: fc.double({ min: 0, max: 1, noNaN: true }), weight: 2 },
    ),
  )
  .map(([{ type, bytes }, cut]) => {
    const zipped = gzipSync(bytes);
    const sent = cut === undefined ? zipped : zipped.subarray(0, Math.floor(cut * zipped.length));
    return whole(`gzip ${type}`, sent, { 'content-type': type, 'content-encoding': 'gzip' });
  });

const bomb = fc
  .tuple(fc.constantFrom(...GZIP_BOMBS), fc.constantFrom(...Object.values(TYPES)))
  .map(([bytes, type]) => whole('bomb', bytes, { 'content-type': type, 'content-encoding': 'gzip' }));

const mutatedBomb = mutated([GZIP_BOMBS[1]!]).map((bytes) =>
  whole('mutated bomb', bytes, { 'content-type': TYPES.protobuf, 'content-encoding': 'gzip' }),
);

const strange = fc
  .record({
    type: fc.constantFrom(
      'text/plain',
      'application/grpc',
      '',
      'application/JSON; charset=utf-7',
      'application/json;;',
    ),
    encoding: fc.constantFrom('br', 'deflate', 'gzip, gzip', 'identity', ''),
    line: fc.constantFrom(
      'POST /v1/traces HTTP/1.1',
      'POST /v1/traces?x=%00%zz HTTP/1.1',
      'POST /v1/metrics HTTP/1.1',
      'POST //v1//traces HTTP/1.1',
      'PUT /v1/traces HTTP/1.1',
      'POST http://[/v1/traces HTTP/1.1',
    ),
    one: body,
  })
  .map(({ type, encoding, line, one }) =>
    whole('strange', one.bytes, { 'content-type': type, 'content-encoding': encoding }, line),
  );

const wrongTypes = body.map(({ type, bytes }) =>
  whole('other type', bytes, { 'content-type': type === TYPES.json ? TYPES.protobuf : TYPES.json }),
);

/** HTTP that promises what does not come. */
const half = fc
  .tuple(body, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 1, max: 5000 }))
  .map(([{ type, bytes }, share, missing]): OtlpCase => {
    const head = headOf({ 'content-type': type, 'content-length': String(bytes.length + missing) });
    return { about: 'half', head, body: bytes.subarray(0, Math.floor(share * bytes.length)), isWhole: false };
  });

const lying = fc
  .tuple(
    body,
    fc.constantFrom<Headers>(
      { 'content-length': '99999999999999999999' },
      { 'content-length': '4000000001' },
      { 'content-length': '-1' },
      { 'content-length': '1' },
      { 'transfer-encoding': 'chunked' },
      { 'transfer-encoding': 'chunked', 'content-length': '5' },
      { 'transfer-encoding': 'gzip' },
      { expect: '100-continue', 'content-length': '10' },
    ),
    fc.constantFrom('', 'FFFFFFFFFFFFFFFFFF\r\n', '5\r\nabcde\r\n0\r\n\r\n', 'zz\r\n', '-5\r\n'),
  )
  .map(([{ type, bytes }, headers, before]): OtlpCase => {
    const head = headOf({ 'content-type': type, ...headers });
    return { about: 'lying', head, body: Buffer.concat([Buffer.from(before), bytes]), isWhole: false };
  });

/** Chunks in order, of any size. */
const chunked = fc.tuple(body, fc.integer({ min: 1, max: 3000 })).map(([{ type, bytes }, size]): OtlpCase => {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = bytes.subarray(at, at + size);
    chunks.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
  }
  const head = headOf({ 'content-type': type, 'transfer-encoding': 'chunked' });
  return { about: 'chunked', head, body: Buffer.concat([...chunks, Buffer.from('0\r\n\r\n')]), isWhole: true };
});

export const otlpCase: fc.Arbitrary<OtlpCase> = fc.oneof(
  { arbitrary: plain, weight: 40 },
  { arbitrary: packed, weight: 12 },
  { arbitrary: chunked, weight: 6 },
  { arbitrary: half, weight: 8 },
  { arbitrary: lying, weight: 6 },
  { arbitrary: strange, weight: 5 },
  { arbitrary: wrongTypes, weight: 4 },
  { arbitrary: mutatedBomb, weight: 1 },
  { arbitrary: bomb, weight: 1 },
);
