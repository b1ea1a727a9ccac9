import { z } from 'zod';

/** What a plan or profile is, for people: one text, or one per language of the report. */
export const description = z
  .union([z.string(), z.strictObject({ ru: z.string(), en: z.string() })], {
    error: 'must be a text or a text per language, { ru, en }',
  })
  .default('')
  .transform((text) => (typeof text === 'string' ? { ru: text, en: text } : text));
