export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';
export type AttributeValue = string | number | boolean | readonly (string | number | boolean)[];

/** A span as the load module keeps it: flat, bounded, in milliseconds. */
export interface TraceSpan {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  /** Absent in the first span of a trace. */
  parentId?: string;
  service: string;
  name: string;
  kind: SpanKind;
  /** Epoch milliseconds with a fraction. */
  startMs: number;
  endMs: number;
  /** Present when the span failed; may be empty. */
  error?: string;
  attributes: Record<string, AttributeValue>;
}

/** Kinds in the order of OTLP's enumeration; 0 is "unspecified". */
const KINDS: readonly SpanKind[] = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'];

export function kindOf(code: number): SpanKind {
  return KINDS[code] ?? 'internal';
}

/** Service name of the generator's own spans. */
export const LOAD_SERVICE = 'poligon-load';

/** Bounds of what is kept of one span, whatever its sender puts in. */
export const SPAN_LIMITS = { attributes: 24, textChars: 200, arrayItems: 16 } as const;

/** A sender may call a span anything; longer names say nothing more. */
export function cut(text: string): string {
  return text.length > SPAN_LIMITS.textChars ? `${text.slice(0, SPAN_LIMITS.textChars - 1)}…` : text;
}

/** Whether an attribute is of use here; the others of a span are not kept. */
export function isKeptAttribute(key: string): boolean {
  return /^(?:poligon\.|http\.re|http\.route|url\.path|server\.|db\.|messaging\.|rpc\.|error\.)/.test(key);
}

/** Whether a span stands for a statement of a database (semantic conventions for database spans, stable and before). */
export function isDatabaseCall({ kind, attributes }: TraceSpan): boolean {
  return kind === 'client' && (attributes['db.system.name'] ?? attributes['db.system']) !== undefined;
}

/** The person a span was made for, as a subject key. */
export function subjectOf({ attributes }: TraceSpan): string | undefined {
  const subject = attributes['poligon.subject'];
  return typeof subject === 'string' ? subject : undefined;
}

/** Milliseconds that rules added to what the span stands for. */
export function injectedMsOf({ attributes }: TraceSpan): number {
  const injected = attributes['poligon.injected_ms'];
  return typeof injected === 'number' && injected > 0 ? injected : 0;
}

/** Ids of the fault rules that acted in a span. */
export function rulesOf({ attributes }: TraceSpan): readonly string[] {
  const rules = attributes['poligon.rule'];
  return Array.isArray(rules) ? (rules as unknown[]).map(String) : [];
}

/** Longest span that is believed: a week. */
const MAX_DURATION_MS = 7 * 86_400_000;

/** Why a span cannot be used, or undefined when it can. */
export function problemOf({ traceId, spanId, parentId, startMs, endMs }: TraceSpan): string | undefined {
  if (!isId(traceId, 32)) return 'trace_id must be 16 bytes, not all zero';
  if (!isId(spanId, 16)) return 'span_id must be 8 bytes, not all zero';
  if (parentId !== undefined && !isId(parentId, 16)) return 'parent_span_id must be 8 bytes or absent';
  if (parentId === spanId) return 'parent_span_id must not be the span itself';
  if (!(startMs > 0) || !(endMs >= startMs)) return 'end time must not be before a positive start time';
  if (endMs - startMs > MAX_DURATION_MS) return 'a span must not be longer than 7 days';
  return undefined;
}

function isId(id: string, digits: number): boolean {
  return id.length === digits && /^[0-9a-f]+$/.test(id) && !/^0+$/.test(id);
}
