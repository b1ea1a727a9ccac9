import { addTo, intern, type OtlpBatch } from './otlp-batch.js';
import { OtlpFormatError } from './protobuf-reader.js';
import { cut, isKeptAttribute, kindOf, SPAN_LIMITS, type AttributeValue, type TraceSpan } from './trace-span.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * Decodes the JSON encoding of ExportTraceServiceRequest (OTLP specification, JSON Protobuf Encoding: ids are hexadecimal, enumerations are
 * numbers, 64-bit numbers may be texts). Throws OtlpFormatError when the text is not such a message.
 */
export function decodeJson(body: Buffer): OtlpBatch {
  const batch: OtlpBatch = { spans: [], rejected: 0 };
  let request: unknown;
  try {
    request = JSON.parse(body.toString('utf8'));
  } catch (failure) {
    throw new OtlpFormatError(`not JSON: ${(failure as Error).message.slice(0, 100)}`);
  }
  for (const resourceSpans of objects(object(request, 'request'), 'resourceSpans')) {
    const service = serviceOf(resourceSpans);
    for (const scopeSpans of objects(resourceSpans, 'scopeSpans')) {
      for (const span of objects(scopeSpans, 'spans')) addTo(batch, readSpan(span, service));
    }
  }
  return batch;
}

function serviceOf({ resource }: Json): string {
  if (resource === undefined) return 'unknown';
  const found = objects(object(resource, 'resource'), 'attributes').find(({ key }) => key === 'service.name');
  const name = found && readValue(found['value']);
  return typeof name === 'string' ? intern(name) : 'unknown';
}

function readSpan(json: Json, service: string): TraceSpan {
  const parentId = text(json['parentSpanId']).toLowerCase();
  const status = (json['status'] ?? {}) as Json;
  return {
    traceId: text(json['traceId']).toLowerCase(),
    spanId: text(json['spanId']).toLowerCase(),
    ...(parentId === '' ? {} : { parentId }),
    service,
    name: intern(cut(text(json['name']))),
    kind: kindOf(Number(json['kind'] ?? 0)),
    startMs: nanosAsMs(json['startTimeUnixNano']),
    endMs: nanosAsMs(json['endTimeUnixNano']),
    ...(Number(status['code']) === 2 ? { error: intern(cut(text(status['message']))) } : {}),
    attributes: readAttributes(objects(json, 'attributes')),
  };
}

function readAttributes(list: readonly Json[]): Record<string, AttributeValue> {
  const kept: [string, AttributeValue][] = [];
  for (const { key, value } of list) {
    if (kept.length >= SPAN_LIMITS.attributes) break;
    if (typeof key !== 'string' || !isKeptAttribute(key)) continue;
    const read = readValue(value);
    if (read !== undefined) kept.push([intern(cut(key)), read]);
  }
  return Object.fromEntries(kept);
}

function readValue(json: unknown): AttributeValue | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { stringValue, boolValue, intValue, doubleValue, arrayValue } = json as Json;
  if (typeof stringValue === 'string') return cut(stringValue);
  if (typeof boolValue === 'boolean') return boolValue;
  const number = intValue ?? doubleValue;
  if (number !== undefined) return Number(number);
  if (typeof arrayValue !== 'object' || arrayValue === null) return undefined;
  const { values } = arrayValue as { values?: unknown };
  if (!Array.isArray(values)) return [];
  // One level only: a list in a list is not entered.
  const plain = values.slice(0, SPAN_LIMITS.arrayItems).map((value) => {
    const isList = typeof value === 'object' && value !== null && 'arrayValue' in value;
    return isList ? undefined : readValue(value);
  });
  return plain.filter((value) => value !== undefined) as (string | number | boolean)[];
}

/** Nanoseconds as a text or a number; NaN for anything else, which no span may have. */
function nanosAsMs(value: unknown): number {
  if (typeof value === 'number') return value / 1e6;
  if (typeof value !== 'string' || !/^\d{1,20}$/.test(value)) return NaN;
  // Split so that the last digits survive: the whole does not fit into 53 bits.
  return Number(value.slice(0, -6)) + Number(value.slice(-6)) / 1e6;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function object(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new OtlpFormatError(`${what} must be an object`);
  return value as Json;
}

function objects(holder: Json, name: string): Json[] {
  const list = holder[name];
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw new OtlpFormatError(`${name} must be a list`);
  return list.map((item) => object(item, `every item of ${name}`));
}
