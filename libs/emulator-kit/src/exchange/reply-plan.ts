import { Draw } from '../runtime/random.js';
import type { ReplyShape } from './exchange.js';

/** Names of the shapes that every protocol adapter carries out. */
export const SHAPE = { truncate: 'truncate', slow: 'slow-body', garbage: 'garbage' } as const;

/** Options of `SHAPE.truncate`: how much of the reply is sent before the connection closes. */
export interface TruncateShape {
  readonly percent?: number | undefined;
  readonly bytes?: number | undefined;
}
/** Options of `SHAPE.slow`. */
export interface SlowShape {
  readonly bytesPerSecond: number;
}
/** Options of `SHAPE.garbage`: `body` keeps the protocol's framing, `wire` replaces everything and closes the connection. */
export interface GarbageShape {
  readonly place: 'body' | 'wire';
  readonly bytes: number;
  readonly seed: number;
}

/** What is written instead of a finished reply. */
export interface ReplyPlan {
  /** The bytes that leave. */
  readonly bytes: Buffer;
  /** How many bytes the protocol's framing must announce; more than leave when the reply is cut. */
  readonly announcedBytes: number;
  /** True when the bytes take the place of the framing as well. */
  readonly isBare: boolean;
  /** True when the connection closes after the bytes. */
  readonly closes: boolean;
  readonly bytesPerSecond?: number | undefined;
}

/**
 * Applies shapes, in the order the rules set them, to the part of a reply that a protocol calls its body (the whole message when it has no
 * framing of its own).
 */
export function replyPlan(body: Buffer, shapes: readonly ReplyShape[]): ReplyPlan {
  let plan: ReplyPlan = { bytes: body, announcedBytes: body.length, isBare: false, closes: false };
  for (const { kind, options } of shapes) plan = APPLY[kind]?.(plan, options) ?? plan;
  return plan;
}

const APPLY: Readonly<Record<string, (plan: ReplyPlan, options: unknown) => ReplyPlan>> = {
  [SHAPE.truncate]: (plan, options) => truncated(plan, options as TruncateShape),
  [SHAPE.slow]: (plan, options) => ({ ...plan, bytesPerSecond: (options as SlowShape).bytesPerSecond }),
  [SHAPE.garbage]: (plan, options) => spoilt(plan, options as GarbageShape),
};

/** At least one byte is missing, so that the caller can tell; an empty body has none to miss and only the connection closes. */
function truncated(plan: ReplyPlan, { percent, bytes }: TruncateShape): ReplyPlan {
  const wanted = bytes ?? Math.floor((plan.bytes.length * (percent ?? 50)) / 100);
  const kept = Math.max(0, Math.min(wanted, plan.bytes.length - 1));
  return { ...plan, bytes: plan.bytes.subarray(0, kept), closes: true };
}

function spoilt(plan: ReplyPlan, { place, bytes, seed }: GarbageShape): ReplyPlan {
  if (place === 'body') return { ...plan, bytes: randomBytes(plan.bytes.length, seed) };
  return { ...plan, bytes: randomBytes(bytes, seed), isBare: true, closes: true };
}

/** Reproducible noise. */
function randomBytes(count: number, seed: number): Buffer {
  const draw = new Draw().aim(seed);
  const bytes = Buffer.allocUnsafe(count);
  for (let at = 0; at < count; at += 1) bytes[at] = Math.floor(draw.next() * 256);
  return bytes;
}
