import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type HrlinkOperation, readBody } from '@poligon/hrlink-api';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { profile } from '../config.js';
import { Refusal } from '../domain/refusal.js';

/** Parameters that must not be seen in the journal. */
const SECRETS: ReadonlySet<string> = new Set(['password', 'code']);

/** Checks a value against a schema. Refuses with 11.021 and the path of the first problem. */
export function parsed<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Refusal('malformedJson', { path: pathText(issue?.path ?? []), reason: issue?.message ?? '' });
}

/** `documents[0].fileId`, the form of spec section 3. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

interface Input {
  readonly op: HrlinkOperation;
  readonly shape: z.ZodType;
}

/** Parameters of an operation, read from the body by the profile's template, checked, secrets hidden from the journal. */
export const InputOf = (op: HrlinkOperation, schema: z.ZodType): ParameterDecorator =>
  Parameters({ op, shape: schema });

const Parameters = createParamDecorator(({ op, shape }: Input, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const input = readBody(profile, op, request.body ?? {});
  if (Object.keys(input).some((name) => SECRETS.has(name))) request.body = '(secret)';
  return parsed(shape, input);
});

/** The body as it is, checked. The schema travels under another name: the framework has its own use for a bare one. */
export const BodyOf = (schema: z.ZodType): ParameterDecorator => WholeBody({ shape: schema });

const WholeBody = createParamDecorator(({ shape }: { shape: z.ZodType }, context: ExecutionContext) => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  return parsed(shape, body ?? {});
});

/** limit and offset of a registry (spec 2.1): client default 50/0, larger limits are clamped. */
export const page = z.object({
  limit: z.number().int().positive().nullish(),
  offset: z.number().int().min(0).nullish(),
});
