import { z } from 'zod';
import type { CellDelta } from '../engine/recorder.js';
import type { HoldShare } from '../engine/hold-meter.js';
import type { CallDelta } from '../hrlink/call-meter.js';
import type { Sample } from '../engine/sample.js';
import type { Phase } from '../engine/timeline.js';

const id = z.string().min(1).max(100);
/** Epoch milliseconds of the coordinator's clock unless said otherwise. */
const instant = z.number();
const count = z.number().min(0);

/** Stretch of time in which a member sends the arrivals of a shard; open when `until` is null. */
const shardWindow = z.object({ shard: z.int().min(0), from: instant, until: instant.nullable() });

const phase = z.object({
  index: z.int().min(0),
  step: z.int().min(1),
  kind: z.enum(['ramp', 'hold']),
  fromPercent: count,
  toPercent: count,
  startMs: z.number(),
  durationMs: count,
  settleMs: count,
  cutMs: count.optional(),
});

const member = z.object({ session: id, windows: z.array(shardWindow), maxInFlight: z.int().min(1) });

/** What the coordinator wants, whole, several times a second: a lost or repeated message changes nothing. */
const state = z.object({
  kind: z.literal('state'),
  run: id,
  /** Grows with every state; an older one that comes late is not heeded. */
  number: z.int().min(1),
  startAt: instant,
  shards: z.int().min(1),
  /** Phases begun so far. */
  phases: z.array(phase),
  members: z.array(member),
  /** Steps whose unfinished operations are to be given up. */
  loseSteps: z.array(z.int()),
  /** Everything in progress is to be given up; a new number is a new order. */
  loseAll: z.object({ number: z.int(), isInterrupted: z.boolean() }).nullable(),
  isOver: z.boolean(),
});

const setup = z.object({
  kind: z.literal('setup'),
  run: id,
  to: id,
  part: z.int().min(0),
  parts: z.int().min(1).max(2000),
  data: z.string(),
});

/** Answer to a ping: the worker's own moment, and when it came in and the answer went out here. */
const pong = z.object({
  kind: z.literal('pong'),
  to: id,
  sentAt: z.number(),
  receivedAt: instant,
  answeredAt: instant,
});

/** What coordinators send to workers. */
export const orderSchema = z.discriminatedUnion('kind', [state, setup, pong]);

const outcome = z.enum(['ok', 'failed', 'dropped', 'lost']);
const stage = z.enum(['ramp', 'settle', 'hold']);
const sample: z.ZodType<Sample> = z.object({
  operation: z.string(),
  ordinal: z.int().min(0),
  step: z.int().min(1),
  stage,
  planned: instant,
  started: instant.optional(),
  accepted: instant.optional(),
  completed: instant.optional(),
  outcome,
  cause: z.string().optional(),
  traceId: z.string().optional(),
  subject: z.string().optional(),
});
const cell: z.ZodType<CellDelta> = z.object({
  operation: z.string(),
  step: z.int().min(1),
  stage,
  counts: z.object({ ok: count, failed: count, dropped: count, lost: count }),
  histograms: z.partialRecord(z.enum(['fromPlan', 'service', 'accepted', 'lag']), z.string()),
  residenceMs: z.number(),
  minutes: z.array(z.tuple([z.number(), count, z.number()])),
});
const health = { cpuPercent: z.number(), eventLoopUtilisation: z.number(), rssMb: z.number() };
const share: z.ZodType<HoldShare> = z.object({
  ...health,
  step: z.int().min(1),
  finishedAt: instant,
  measuredMs: z.number(),
  integral: z.number(),
  inFlightAtStart: count,
  inFlightAtEnd: count,
  ended: count,
});

/** Calls of one HTTP operation since the last report. */
const call: z.ZodType<CallDelta> = z.object({
  operation: z.string(),
  evidence: z.string(),
  errors: count,
  statuses: z.record(z.string(), count),
  histogram: z.string(),
});

const clockReading = z.object({ offsetMs: z.number(), errorMs: z.number().min(0) });
const from = { session: id };

const hello = z.object({ kind: z.literal('hello'), ...from, worker: id, cpus: z.int(), node: z.string() });
const ping = z.object({ kind: z.literal('ping'), ...from, sentAt: z.number() });
const ready = z.object({ kind: z.literal('ready'), ...from, run: id, clock: clockReading });
const refuse = z.object({ kind: z.literal('refuse'), ...from, run: id, reason: z.string().max(500) });
/** Sends nothing new as soon as somebody else does, ends what is in progress, then says goodbye. */
const leave = z.object({ kind: z.literal('leave'), ...from, run: id });
/** The last word of a membership; with a reason when HRLink no longer takes the worker's credentials. */
const bye = z.object({ kind: z.literal('bye'), ...from, run: id, reason: z.string().max(500).optional() });

/** What a worker has done since its last report: samples and histograms of the same operations, in one piece. */
const report = z.object({
  kind: z.literal('report'),
  ...from,
  run: id,
  /** 1, 2, 3…: a repeated report is recognised, a missing one too. */
  number: z.int().min(1),
  /** Every arrival of this session planned before it has its sample in this report or an earlier one. */
  settledTo: instant,
  /** Windows the worker knew of when it said so. */
  windows: count,
  launched: count,
  dropped: count,
  inFlight: count,
  health: z.object(health),
  clock: clockReading,
  samples: z.array(sample),
  cells: z.array(cell),
  holds: z.array(share),
  /** Windows that were to end, with the moment from which nothing of the shard was or will be sent. */
  released: z.array(z.object({ shard: z.int(), from: instant, at: instant })),
  calls: z.array(call),
  signedDocumentIds: z.array(z.string()),
});

/** What workers send to coordinators. */
export const newsSchema = z.discriminatedUnion('kind', [hello, ping, ready, refuse, leave, bye, report]);

export type Order = z.infer<typeof orderSchema>;
export type State = z.infer<typeof state>;
export type News = z.infer<typeof newsSchema>;
export type Report = z.infer<typeof report>;
export type Hello = z.infer<typeof hello>;
export type ShardWindow = z.infer<typeof shardWindow>;
export type ClockReading = z.infer<typeof clockReading>;

/** Phases as they travel: nothing but plain values. */
export function phasesOnTheWay(phases: readonly Phase[]): State['phases'] {
  return phases.map((each) => ({ ...each }));
}
