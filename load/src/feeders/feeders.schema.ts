import { z } from 'zod';

/** Sequential goes round, random draws by seed and ordinal, unique gives no row twice. */
export const STRATEGIES = ['sequential', 'random', 'unique'] as const;

const table = {
  file: z.string().min(1),
  /** `auto`: UTF-8 with or without a byte order mark, else windows-1251. */
  encoding: z.enum(['auto', 'utf-8', 'windows-1251']).default('auto'),
  /** `auto`: whatever the first line has most of. */
  separator: z.enum(['auto', ',', ';', 'tab']).default('auto'),
};
const strategy = z.enum(STRATEGIES).default('sequential');

/** Where the data of a real HRLink comes from instead of the synthetic population. */
export const feedersSchema = z.strictObject({
  /** Employees that sign. Workers share the plan by employee, so they take turns or have one turn each. */
  signers: z.strictObject({ ...table, strategy: z.enum(['sequential', 'unique']).default('sequential') }).optional(),
  /** Employees that documents and local regulations are sent to. */
  recipients: z.strictObject({ ...table, strategy }).optional(),
  /** Places new employees are entered at, by turns. */
  legalEntities: z.strictObject(table).optional(),
  documentTypes: z.strictObject({ ...table, strategy }).optional(),
  /** Folder of the PDF files that are uploaded. */
  files: z.strictObject({ folder: z.string().min(1), strategy }).optional(),
});

export type FeederSettings = z.infer<typeof feedersSchema>;
export type Strategy = (typeof STRATEGIES)[number];
/** A CSV file and how it is written. */
export type TableFile = Pick<NonNullable<FeederSettings['recipients']>, 'file' | 'encoding' | 'separator'>;
