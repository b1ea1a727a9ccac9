import { z } from 'zod';
import { recipientPhone } from '../domain/phone.js';

export const MAX_WAIT_MS = 120_000;
const MAX_STREAMED_PHONES = 10_000;

/** A phone in any usual form. */
export const phoneSchema = z.string({ error: 'required' }).transform((text, context) => {
  const normal = recipientPhone(text);
  if (normal !== undefined) return normal;
  context.addIssue({ code: 'custom', message: 'must be a Russian phone number' });
  return z.NEVER;
});
/** A whole number of a query. */
export const whole = (max: number) =>
  z.coerce.number({ error: 'must be a number' }).int().min(0).max(max, `must be 0..${max}`);
/** An instant as wall milliseconds. */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 instant' })
  .transform((text) => Date.parse(text));

const conditions = {
  after: whole(Number.MAX_SAFE_INTEGER).optional(),
  since: instant.optional(),
  contains: z.string().max(500).optional(),
  sender: z.string().max(50).optional(),
};

export const waitSchema = z.object({
  ...conditions,
  phone: phoneSchema,
  timeoutMs: whole(MAX_WAIT_MS).default(30_000),
  consume: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
});

export const listSchema = z.object({ ...conditions, phone: phoneSchema.optional(), limit: whole(1000).default(100) });

export const purgeSchema = z
  .object({
    phone: phoneSchema.optional(),
    prefix: z
      .string()
      .regex(/^\d{1,10}$/, 'must be 1 to 10 digits')
      .optional(),
  })
  .refine(({ phone, prefix }) => (phone === undefined) !== (prefix === undefined), {
    error: 'give either phone or prefix',
    path: ['phone'],
  });

export const streamSchema = z.object({
  contains: conditions.contains,
  sender: conditions.sender,
  phone: z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined) return undefined;
      const phones = text.split(',', MAX_STREAMED_PHONES).map(recipientPhone);
      if (phones.every((phone) => phone !== undefined)) return new Set(phones);
      context.addIssue({ code: 'custom', message: 'must be phone numbers, comma separated' });
      return z.NEVER;
    }),
});
