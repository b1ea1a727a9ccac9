import { distributionSchema } from '@poligon/emulator-kit';
import { z } from 'zod';

const share = z.number().min(0, 'must be 0..1').max(1, 'must be 0..1');
const digits = z.string().regex(/^\d{1,15}$/, 'must be digits');

/** How a message fails at an operator. */
export const failureSchema = z.strictObject({
  state: z.enum(['undeliverable', 'expired', 'rejected', 'unknown', 'deleted', 'sent']).default('undeliverable'),
  /** Delivery error number of section 2.1: 1 no such subscriber, 6 offline, 11 no service, 13 barred. */
  error: z.number().int().min(0).max(255).default(6),
  weight: z.number().min(0).max(1e9).default(1),
});

/** An operator: the numbers it serves and how well it serves them. What is left out is as by default. */
export const operatorRangeSchema = z.strictObject({
  name: z.string().min(1).max(100).default('Полигон'),
  mccmnc: z
    .string()
    .regex(/^\d{5,6}$/, 'must be 5 or 6 digits')
    .default('25001'),
  region: z.string().max(100).default('Россия'),
  /** Numbers that begin with one of these; none means every number. */
  prefixes: z.array(digits).max(10_000).default([]),
  /** Numbers that end with one of these; none means every number. */
  suffixes: z.array(digits).max(10_000).default([]),
  deliveredShare: share.default(1),
  failures: z
    .array(failureSchema)
    .min(1)
    .max(50)
    .default([{ state: 'undeliverable', error: 6, weight: 1 }]),
  handsetDelay: distributionSchema.optional(),
  receiptDelay: distributionSchema.optional(),
});

export type OperatorRange = z.output<typeof operatorRangeSchema>;
