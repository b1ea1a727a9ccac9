import { z } from 'zod';

const text = z.string().trim();
const rows = <T extends z.ZodRawShape>(shape: T) => z.array(z.strictObject(shape)).max(500).default([]);

/** A measure kept whole with its limits: the customer signs these words. */
const measure = z.strictObject({ name: text.min(1), limit: text.min(1) });

/**
 * stand.yaml: what only people know about the system, the stands and the work; the methodology and the report are filled from it. Every
 * field has a default, so that a document can be made before everything is known.
 */
export const standSchema = z.strictObject({
  /** Who makes the documents, and for whom. */
  organisation: text.default(''),
  customer: text.default(''),
  system: text.default('HRLink'),
  city: text.default(''),
  /** Number of the document in the customer's records. */
  documentNumber: text.default(''),
  release: text.default(''),
  history: rows({ version: text, date: text, author: text.default(''), change: text }),
  approvals: rows({ role: text, name: text.default(''), company: text.default('') }),
  contacts: rows({ role: text, name: text.default(''), contact: text.default('') }),
  /** Table «Сравнение стендов». */
  stands: rows({ component: text, production: text.default(''), test: text.default(''), difference: text.default('') }),
  /** Table «Наполнение БД». */
  volumes: rows({ entity: text, production: text.default(''), test: text.default('') }),
  /** Criteria of the servers, shown in the methodology beside those of the profile. */
  measures: z
    .array(measure)
    .max(100)
    .default([
      { name: 'CPU', limit: '≤ 80 %' },
      { name: 'RAM', limit: '≤ 80 %' },
    ]),
  monitoring: rows({ tool: text, purpose: text }),
  defects: rows({ id: text, title: text, severity: text.default(''), state: text.default('') }),
});

export type Stand = z.infer<typeof standSchema>;
