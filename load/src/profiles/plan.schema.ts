import { z } from 'zod';
import { description } from './description.js';
import { stopRule } from '../stop-rules/parse-rule.js';
import { duration } from './duration.js';

const held = duration.refine((ms) => ms > 0, 'must be longer than 0');
const level = z.number().gt(0).max(10_000);

const step = z.strictObject({
  /** Per cent of the profile held at the end of the ramp. */
  level,
  ramp: duration,
  hold: held,
  /** First part of the hold that is shown but not judged. */
  settle: duration.prefault('0s'),
});

const stretch = z.strictObject({ ramp: duration, hold: held });

/** Step finding of the maximum (spec 1.1). */
const search = z.strictObject({
  /** L0, ΔL and the highest level tried, per cent of the profile. */
  start: level.default(100),
  step: level.default(10),
  ceiling: level.default(200),
  first: stretch,
  next: stretch,
  confirm: stretch,
  settle: duration.prefault('2m'),
  /** Silence after a hold that failed, before the load starts anew. */
  rest: duration.prefault('5m'),
});

/** Reliability (spec 1.3): hold at max(share·Lmax, floor). */
const reliability = z.strictObject({
  ramp: duration,
  hold: held,
  settle: duration.prefault('2m'),
  /** Share of Lmax and the least level, both in per cent. */
  share: z.number().gt(0).max(100).default(80),
  floor: level.default(100),
});

const limits = { name: z.string().min(1), min: z.number().optional(), max: z.number().optional() };

/** Metric of Prometheus, asked for the end of every hold; of a vector the worst value counts. */
const prometheusMetric = z.strictObject({
  ...limits,
  prometheus: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
    .transform((url) => url.replace(/\/$/, '')),
  query: z.string().min(1),
});

/** Query of the database in LOAD_OBSERVE_DATABASE_URL, asked every two seconds; the first column of the worst row counts. */
const sqlMetric = z.strictObject({ ...limits, sql: z.string().min(1) });

/** Metric of somebody else's, with a threshold, or watched by a stop rule `ext`. */
const external = z.union([prometheusMetric, sqlMetric], 'must have prometheus and query, or sql');

/** A plan file: how the level moves in time. It has `steps`, or `search`, or `reliability`. */
export const planSchema = z
  .strictObject({
    name: z.string().min(1),
    description,
    /** Profile used when none is named on the command line. */
    profile: z.string().min(1).default('demo'),
    startPercent: z.number().min(0).default(0),
    steps: z.array(step).min(1, 'must have at least one step').max(100).optional(),
    search: search.optional(),
    reliability: reliability.optional(),
    /** Operations in progress above which arrivals are dropped and counted. */
    maxInFlight: z.int().min(1).max(100_000).default(2000),
    /** Connections to HRLink. */
    connections: z.int().min(1).max(10_000).default(256),
    /** How long the operations in progress may go on after the last hold. */
    drain: duration.prefault('60s'),
    checkpointEvery: held.prefault('60s'),
    external: z.array(external).max(50).default([]),
    /** Stop rules (spec 5.1), e.g. `http(5xx, 10%, 1m) => stop`. */
    stop: z.array(stopRule).max(50).default([]),
  })
  .superRefine((plan, context) => {
    const fail = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    plan.steps?.forEach((each, index) => {
      if (each.settle >= each.hold) fail(['steps', index, 'settle'], 'must be shorter than hold');
    });
    const watched = new Set(plan.stop.flatMap((rule) => (rule.kind === 'ext' ? [rule.metric] : [])));
    plan.external.forEach(({ name, min, max }, index) => {
      const isIdle = min === undefined && max === undefined && !watched.delete(name);
      watched.delete(name);
      if (isIdle) fail(['external', index], 'must have min or max, or be watched by a stop rule');
    });
    for (const name of watched) fail(['stop'], `ext: no external metric is called ${name}`);
    const kinds = [plan.steps, plan.search, plan.reliability].filter((kind) => kind !== undefined);
    if (kinds.length !== 1) fail([], 'must have exactly one of steps, search, reliability');
    if (plan.search && plan.search.ceiling < plan.search.start) {
      fail(['search', 'ceiling'], 'must not be below start');
    }
  });

export type Plan = z.infer<typeof planSchema>;
export type SearchPlan = NonNullable<Plan['search']>;
export type ReliabilityPlan = NonNullable<Plan['reliability']>;
