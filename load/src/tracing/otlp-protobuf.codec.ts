import { addTo, intern, type OtlpBatch } from './otlp-batch.js';
import { ProtobufReader } from './protobuf-reader.js';
import { cut, isKeptAttribute, kindOf, SPAN_LIMITS, type AttributeValue, type TraceSpan } from './trace-span.js';

/** Status code "error" of OTLP. */
const ERROR = 2;

/**
 * Decodes ExportTraceServiceRequest (opentelemetry-proto 1.x, trace/v1). Unknown fields are skipped; nested attribute values are not entered,
 * so depth costs nothing. Throws OtlpFormatError when the bytes are not such a message.
 */
export function decodeProtobuf(body: Buffer): OtlpBatch {
  const batch: OtlpBatch = { spans: [], rejected: 0 };
  const request = new ProtobufReader(body);
  while (request.next()) {
    if (request.field === 1) readResourceSpans(request.message(), batch);
    else request.skip();
  }
  return batch;
}

function readResourceSpans(reader: ProtobufReader, batch: OtlpBatch): void {
  const scopes: ProtobufReader[] = [];
  let service = 'unknown';
  while (reader.next()) {
    // The resource may stand behind its spans.
    if (reader.field === 1) service = readService(reader.message()) ?? service;
    else if (reader.field === 2) scopes.push(reader.message());
    else reader.skip();
  }
  for (const scope of scopes) {
    while (scope.next()) {
      if (scope.field === 2) addTo(batch, readSpan(scope.message(), service));
      else scope.skip();
    }
  }
}

function readService(resource: ProtobufReader): string | undefined {
  let service: string | undefined;
  while (resource.next()) {
    if (resource.field !== 1) {
      resource.skip();
      continue;
    }
    const { key, value } = readAttribute(resource.message(), (name) => name === 'service.name');
    if (key === 'service.name' && typeof value === 'string') service = intern(value);
  }
  return service;
}

type FieldReader = (reader: ProtobufReader, span: TraceSpan) => void;

/** Fields of Span by number. */
const SPAN_FIELDS: Readonly<Record<number, FieldReader>> = {
  1: (reader, span) => void (span.traceId = reader.hex()),
  2: (reader, span) => void (span.spanId = reader.hex()),
  4: (reader, span) => {
    const parentId = reader.hex();
    if (parentId !== '') span.parentId = parentId;
  },
  5: (reader, span) => void (span.name = intern(cut(reader.text()))),
  6: (reader, span) => void (span.kind = kindOf(reader.number())),
  7: (reader, span) => void (span.startMs = reader.nanosAsMs()),
  8: (reader, span) => void (span.endMs = reader.nanosAsMs()),
  9: (reader, span) => keepAttribute(reader.message(), span),
  15: (reader, span) => readStatus(reader.message(), span),
};

function readSpan(reader: ProtobufReader, service: string): TraceSpan {
  const span: TraceSpan = {
    traceId: '',
    spanId: '',
    service,
    name: '',
    kind: 'internal',
    startMs: 0,
    endMs: 0,
    attributes: {},
  };
  let kept = 0;
  while (reader.next()) {
    const read = SPAN_FIELDS[reader.field];
    if (read === undefined || (reader.field === 9 && (kept += 1) > SPAN_LIMITS.attributes * 4)) reader.skip();
    else read(reader, span);
  }
  return span;
}

function readStatus(reader: ProtobufReader, span: TraceSpan): void {
  let message = '';
  let code = 0;
  while (reader.next()) {
    if (reader.field === 2) message = cut(reader.text());
    else if (reader.field === 3) code = reader.number();
    else reader.skip();
  }
  if (code === ERROR) span.error = intern(message);
}

function keepAttribute(reader: ProtobufReader, span: TraceSpan): void {
  const { key, value } = readAttribute(reader, isKeptAttribute);
  if (value === undefined || Object.keys(span.attributes).length >= SPAN_LIMITS.attributes) return;
  span.attributes[intern(key)] = value;
}

function readAttribute(
  reader: ProtobufReader,
  isWanted: (key: string) => boolean,
): { key: string; value?: AttributeValue } {
  let key = '';
  let found: ProtobufReader | undefined;
  while (reader.next()) {
    if (reader.field === 1) key = cut(reader.text());
    else if (reader.field === 2) found = reader.message();
    else reader.skip();
  }
  return { key, value: found !== undefined && isWanted(key) ? readValue(found) : undefined };
}

/** AnyValue; lists of plain values are kept, everything nested deeper is not. */
function readValue(reader: ProtobufReader, isItem = false): AttributeValue | undefined {
  let value: AttributeValue | undefined;
  while (reader.next()) {
    if (reader.field === 1) value = cut(reader.text());
    else if (reader.field === 2) value = reader.number() !== 0;
    else if (reader.field === 3) value = reader.number();
    else if (reader.field === 4) value = reader.double();
    else if (reader.field === 5 && !isItem) value = readList(reader.message());
    else reader.skip();
  }
  return value;
}

function readList(reader: ProtobufReader): (string | number | boolean)[] {
  const items: (string | number | boolean)[] = [];
  while (reader.next()) {
    if (reader.field !== 1 || items.length >= SPAN_LIMITS.arrayItems) {
      reader.skip();
      continue;
    }
    const item = readValue(reader.message(), true);
    if (item !== undefined && typeof item !== 'object') items.push(item);
  }
  return items;
}
