import { LOAD_SERVICE, type SpanKind, type TraceSpan } from '../src/tracing/trace-span.js';

/** A span as `id: [parent, service, name, kind, startMs, endMs]`, in one trace. */
export type SpanRow = readonly [
  id: number,
  parent: number | undefined,
  service: string,
  name: string,
  kind: SpanKind,
  startMs: number,
  endMs: number,
  attributes?: TraceSpan['attributes'],
];

export const idOf = (id: number) => id.toString(16).padStart(16, '0');
export const traceIdOf = (id: number) => id.toString(16).padStart(32, '0');

/** Spans of a trace from rows; times count from `originMs`. */
export function spansOf(rows: readonly SpanRow[], traceId = traceIdOf(1), originMs = 1_000_000): TraceSpan[] {
  return rows.map(([id, parent, service, name, kind, startMs, endMs, attributes = {}]) => ({
    traceId,
    spanId: idOf(id),
    ...(parent === undefined ? {} : { parentId: idOf(parent) }),
    service,
    name,
    kind,
    startMs: originMs + startMs,
    endMs: originMs + endMs,
    attributes,
  }));
}

/** The root of an operation in step 1. */
export const rootRow = (endMs: number, name = 'sign-unep'): SpanRow => [
  1,
  undefined,
  LOAD_SERVICE,
  name,
  'internal',
  0,
  endMs,
  { 'poligon.step': 1, 'poligon.stage': 'hold', 'poligon.subject': 'person:7' },
];
