import { z } from 'zod';
import type { Permission } from '../domain/permission.js';

const named = z
  .array(z.object({ sysname: z.string().max(200) }).transform(({ sysname }) => sysname))
  .max(200)
  .default([]);

const schema = z
  .array(
    z.object({
      responsibleObject: z.string().max(500).optional(),
      sysname: z.string().max(200).default(''),
      expire: z.number().optional(),
      actions: named,
      purposes: named,
      scopes: named,
    }),
  )
  .min(1)
  .max(50);

const FORM = /^[A-Za-z0-9_-]{1,30000}={0,2}$/;

/** Reads the parameter `permissions`: base64url of a JSON array. Undefined when it is something else. */
export function readPermissions(text: string): readonly Permission[] | undefined {
  if (!FORM.test(text)) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
