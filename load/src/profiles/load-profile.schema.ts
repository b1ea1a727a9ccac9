import { z } from 'zod';
import { feedersSchema } from '../feeders/feeders.schema.js';
import { description } from './description.js';
import { duration } from './duration.js';
import { OPERATION_IDS } from './operations.js';

const operation = z.strictObject({
  /** Target intensity at 100 %, operations per hour; 0 leaves the operation out. */
  perHour: z.number().min(0).max(10_000_000),
  /** The share of `percentile` per cent of the operations must complete within `limit`, counted from the plan. */
  sla: z.strictObject({ percentile: z.number().gt(0).lt(100), limit: duration }),
});

const percent = z.number().min(0).max(100);

const data = z.strictObject({
  /** Number, in the synthetic population, of the first legal entity of the run; its employees sign. */
  organisation: z.int().min(0).default(1),
  /** How many neighbouring legal entities new employees are spread over: HRLink may use another CA for each. */
  organisations: z.int().min(1).max(100).default(1),
  /** Employees with a certificate prepared before the load. */
  signers: z.int().min(1).max(50_000).default(20),
  /** CSV file of employees of a real HRLink that sign instead of synthetic ones. */
  signersFile: z.string().min(1).optional(),
  /** Further files of a real HRLink. */
  feeders: feedersSchema.prefault({}),
  /** Place of the first of them in the staff list; lower places are managers. */
  signersFrom: z.int().min(50).default(100),
  /** Place of the first employee that gets a certificate under load; `auto` moves on with every run. */
  freshFrom: z.union([z.literal('auto'), z.int().min(50)]).default('auto'),
  lnaRecipients: z.int().min(1).max(5000).default(3),
  pdfKilobytes: z.int().min(1).max(100_000).default(60),
  /** Share of certificates issued with remote identification, 0…1. */
  remoteShare: z.number().min(0).max(1).default(0),
  /** Whether the applications carry a file of the employee; otherwise HRLink fills its template. */
  applicationsFromFile: z.boolean().default(true),
  /** Whether approvers and HR carry the application on until its document flow is finished. */
  processApplications: z.boolean().default(false),
  /** Share of signed documents whose archive is taken as a sample of the signature, 0…1. */
  signatureSampleShare: z.number().min(0).max(1).default(0.1),
  prepareParallelism: z.int().min(1).max(64).default(4),
});

const timing = z.strictObject({
  pollInterval: duration.prefault('2s'),
  /** Longest wait for the system to finish something. */
  pollTimeout: duration.prefault('5m'),
  otpTimeout: duration.prefault('60s'),
  /** Pause of a person between reading and doing. */
  thinkTime: duration.prefault('0s'),
  /** Clock difference tolerated between this machine and the SMS emulator. */
  clockSkew: duration.prefault('2s'),
});

/** A load profile file: what 100 % is, what the system owes, and what data the operations use. */
export const loadProfileSchema = z.strictObject({
  name: z.string().min(1),
  description,
  seed: z.string().min(1).default('poligon'),
  errorLimitPercent: percent.default(1),
  /** Spec 3.3: below it a row is red. */
  accuracyLimitPercent: percent.default(98),
  operations: z
    .partialRecord(z.enum(OPERATION_IDS), operation)
    .refine((all) => Object.values(all).some((o) => o.perHour > 0), {
      message: 'at least one operation must have perHour above 0',
    }),
  data: data.prefault({}),
  timing: timing.prefault({}),
});

export type LoadProfile = z.infer<typeof loadProfileSchema>;
export type DataSettings = LoadProfile['data'];
export type TimingSettings = LoadProfile['timing'];
