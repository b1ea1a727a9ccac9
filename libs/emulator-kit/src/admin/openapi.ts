import type { ApiBodyOptions } from '@nestjs/swagger';
import { z } from 'zod';

/** Describes a request body in the admin door's OpenAPI document by its zod schema. */
export function bodySchema(schema: z.ZodType): ApiBodyOptions {
  return { schema: z.toJSONSchema(schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' }) as never };
}
