import { z } from 'zod';
import { RegexCostError, safeInputLength } from './regex-cost.js';

/** Rules one emulator keeps at a time. */
export const MAX_RULES = 1000;
/** Nesting of a rule's options: deeper data cannot be printed back. */
const MAX_OPTION_DEPTH = 16;

const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be 1..100 letters, digits, dots, dashes or underscores');
const ms = z.number().min(0, 'must be 0 or more').max(31_536_000_000, 'must be at most one year');

const subjectMatch = z.strictObject({
  list: z.array(z.string().max(200)).max(50_000, 'must name at most 50000 subjects; use range or percent').optional(),
  range: z.tuple([z.number().int().min(0), z.number().int().min(0)]).optional(),
  percent: z.number().min(0).max(100).optional(),
});

const condition = z.strictObject({
  path: z.string().min(1).max(200),
  equals: z.union([z.string(), z.number(), z.boolean()]).optional(),
  regex: z.string().max(500).superRefine(checkRegex).optional(),
  range: z.tuple([z.number(), z.number()]).optional(),
});

/** `startAt` is an instant of the emulator's wall time; the other times count from the moment the rule was set. */
const schedule = z.strictObject({
  startAt: z.iso.datetime({ offset: true, error: 'must be an ISO 8601 instant' }).optional(),
  afterMs: ms.optional(),
  forMs: ms.optional(),
  everyMs: ms.optional(),
  rampMs: ms.optional(),
});

/** A fault rule as engineers write it. Times are milliseconds; `percent` picks the same subjects every time. */
export const faultRuleSchema = z.strictObject({
  id,
  fault: z.string().min(1).max(100),
  operations: z.array(z.string().min(1).max(200)).min(1, 'must name at least one operation pattern').max(100),
  match: z
    .strictObject({
      subject: subjectMatch.optional(),
      client: z.string().max(200).optional(),
      where: z.array(condition).max(20).optional(),
    })
    .optional(),
  probability: z.number().min(0, 'must be 0..1').max(1, 'must be 0..1').default(1),
  times: z.number().int().min(1).optional(),
  schedule: schedule.optional(),
  options: z
    .record(z.string(), z.unknown())
    .refine((options) => depthOf(options) <= MAX_OPTION_DEPTH, `must be nested at most ${MAX_OPTION_DEPTH} deep`)
    .default({}),
  ttlMs: ms.optional(),
  note: z.string().max(1000).optional(),
});

/** A rule after validation, defaults filled. */
export type FaultRule = z.output<typeof faultRuleSchema>;

/** A rule as it is kept: with the wall time it was set at, by whom, and its revision. */
export interface StoredRule extends FaultRule {
  readonly setAtMs: number;
  readonly setBy: string;
  /** Changes with every put, so that replicas notice a rule replaced by one with the same text. */
  readonly revision: string;
}

function checkRegex(source: string, context: z.RefinementCtx): void {
  try {
    safeInputLength(source);
  } catch (failure) {
    const message = failure instanceof RegexCostError ? failure.message : 'must be a valid regular expression';
    context.addIssue({ code: 'custom', message });
  }
}

/** Nesting of plain data; stops counting one beyond the limit. Iterative: hostile depth must not exhaust the stack. */
function depthOf(data: unknown): number {
  let level: unknown[] = [data];
  let depth = 0;
  while (level.length > 0 && depth <= MAX_OPTION_DEPTH) {
    level = level.flatMap((node) =>
      typeof node === 'object' && node !== null ? (Object.values(node) as unknown[]) : [],
    );
    depth += 1;
  }
  return depth;
}

/** First problem of a failed parse in one line: `schedule.startAt: must be an ISO 8601 instant`. */
export function problemLine(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'invalid';
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}
