import { Cron } from 'croner';
import { z } from 'zod';
import { faultRuleSchema } from '../faults/fault-rule.js';

const DAY_MS = 86_400_000;
const stageMs = z.number().min(1, 'must be 1 or more').max(DAY_MS, 'must be at most one day');

const stage = z
  .strictObject({
    name: z.string().max(100).optional(),
    durationMs: stageMs,
    /** Rules of this preset, or `rules`; a stage with neither is a rest. */
    preset: z.string().max(100).optional(),
    rules: z.array(faultRuleSchema).max(100).optional(),
    /** Probabilities rise from nothing to their own over this time. */
    rampMs: z.number().min(0, 'must be 0 or more').max(DAY_MS).optional(),
  })
  .refine(({ preset, rules }) => preset === undefined || rules === undefined, 'give preset or rules, not both');

/** What can be watched: latencies, the share of calls that did not end in a reply, calls a second. */
export const MEASURES = ['p50Ms', 'p95Ms', 'p99Ms', 'errorShare', 'ratePerSecond'] as const;

const objective = z
  .strictObject({
    measure: z.enum(MEASURES, { error: `must be one of ${MEASURES.join(', ')}` }),
    atMost: z.number().optional(),
    atLeast: z.number().optional(),
    /** Operations whose exchanges count. */
    operations: z.array(z.string().min(1).max(200)).min(1).max(100).default(['*']),
    /** Calls this address every second and watches its answers instead of the exchanges: the system under test, say. */
    probeUrl: z
      .string()
      .max(2000)
      .refine((text) => URL.canParse(text) && /^https?:/.test(text), 'must be an http(s) URL')
      .optional(),
    windowMs: z.number().int().min(1000, 'must be 1000 or more').max(300_000).default(10_000),
    /** A window with fewer calls says nothing (except of `ratePerSecond`). */
    minCalls: z.number().int().min(1).max(1e6).default(20),
  })
  .refine(({ atMost, atLeast }) => atMost !== undefined || atLeast !== undefined, 'give atMost or atLeast');

/** A list of stages with objectives that end it early. */
export const experimentSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1..40 small letters, digits or dashes'),
  about: z.string().max(1000).optional(),
  stages: z.array(stage).min(1, 'must have at least one stage').max(100, 'must be at most 100 stages'),
  /** `true` until stopped, or a number of rounds. */
  loop: z.union([z.boolean(), z.number().int().min(1).max(10_000)]).default(false),
  startAfterMs: z.number().min(0, 'must be 0 or more').max(DAY_MS).optional(),
  /** Starts by the emulator's wall time, again and again. */
  cron: z.string().max(100).refine(isCron, 'must be a cron expression').optional(),
  watch: z.array(objective).max(20).default([]),
});

export type Experiment = z.output<typeof experimentSchema>;
export type Stage = Experiment['stages'][number];
export type Objective = Experiment['watch'][number];

function isCron(expression: string): boolean {
  return nextRunMs(expression, 0) !== undefined;
}

/** The next wall time after `afterMs` that a cron expression names; undefined when there is none or it is no cron expression. */
export function nextRunMs(expression: string, afterMs: number): number | undefined {
  try {
    return new Cron(expression, { paused: true }).nextRun(new Date(afterMs))?.getTime();
  } catch {
    return undefined;
  }
}

/** Rounds an experiment runs at most. */
export function roundsOf({ loop }: Pick<Experiment, 'loop'>): number {
  return loop === true ? Infinity : loop === false ? 1 : loop;
}
