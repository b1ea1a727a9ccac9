import { ProtocolError } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { fieldsOf } from './fields.js';

/** A JSON body whatever its content type says; flat fields of query or form when it is none. */
export function bodyOf(request: FastifyRequest): unknown {
  const { body } = request;
  if (!Buffer.isBuffer(body)) return body ?? Object.fromEntries(fieldsOf(request));
  const text = body.toString('utf8').trimStart();
  if (!text.startsWith('{') && !text.startsWith('[')) return Object.fromEntries(fieldsOf(request));
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The body by its schema. @throws ProtocolError `entry` with the field and the rule it breaks as `reason` */
export function checkedBody<S extends z.ZodType>(schema: S, body: unknown, entry: string): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new ProtocolError(entry, { reason: issue.message, field: issue.path.join('.') });
}

/** Value of a field of a JSON object, for descriptions of calls that may be anything. */
export function peek(body: unknown, ...path: readonly (string | number)[]): string | undefined {
  let current = body;
  for (const key of path) current = (current as Record<string | number, unknown> | null | undefined)?.[key];
  return typeof current === 'string' || typeof current === 'number' ? String(current) : undefined;
}
