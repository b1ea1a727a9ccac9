import { z } from 'zod';
import { HRLINK_LITERALS } from './literals.js';
import { HRLINK_ERRORS, HRLINK_OPERATIONS } from './operation.js';

const evidence = z.enum(['V', 'C', 'G']);

const operationEntry = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']),
  path: z.string().min(1),
  /** Request body template: "{name}" leaves are parameters. Absent: the body travels as it is. */
  body: z.record(z.string(), z.unknown()).nullish(),
  /** Name of an answer value → JSON pointer (RFC 6901) into the answer body. */
  answer: z.record(z.string(), z.string().regex(/^(\/[^/]+)+$/, 'must be a JSON pointer such as /task/id')).optional(),
  evidence,
});

const errorEntry = z.strictObject({
  code: z.string().regex(/^\d{2}\.\d{3}$/, 'must look like 90.404'),
  operationCode: z.string().optional(),
  status: z.int().min(400).max(599),
  message: z.string().min(1),
  evidence,
});

const headerName = z.string().regex(/^[A-Za-z0-9-]+$/, 'must be a header or cookie name');

type LiteralTables = { [K in keyof typeof HRLINK_LITERALS]: Record<(typeof HRLINK_LITERALS)[K][number], string> };

const literals = z.strictObject(
  Object.fromEntries(
    Object.entries(HRLINK_LITERALS).map(([kind, words]) => [kind, z.record(z.enum(words), z.string().min(1))]),
  ),
) as unknown as z.ZodType<LiteralTables>;

/** Shape of a whole profile: every operation, literal and error must be present, nothing else may be. */
export const profileSchema = z.strictObject({
  name: z.string().min(1),
  version: z.int().positive(),
  headers: z.strictObject({
    apiToken: headerName,
    masterToken: headerName,
    impersonatedUserId: headerName,
    impersonatedUserIdType: headerName,
    sessionCookie: headerName,
  }),
  prefixes: z.record(
    z.string().regex(/^[A-Z][A-Z0-9]*$/, 'must be a short upper-case name'),
    z.string().startsWith('/'),
  ),
  literals,
  errors: z.record(z.enum(HRLINK_ERRORS), errorEntry),
  operations: z.record(z.enum(HRLINK_OPERATIONS), operationEntry),
});

export type Evidence = z.infer<typeof evidence>;
export type ProfileOperation = z.infer<typeof operationEntry>;
export type ProfileError = z.infer<typeof errorEntry>;

/** A validated profile. Operation paths are full: prefixes are already put in. */
export type HrlinkProfile = z.infer<typeof profileSchema>;
