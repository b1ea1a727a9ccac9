import type { StoredRule } from './fault-rule.js';

/**
 * Strength of a rule at a wall time, 0..1: 0 outside its windows, rising linearly through `rampMs`, 1 afterwards.
 * The first window opens at `startAt`, or `afterMs` after the rule was set; it lasts `forMs` and comes again every `everyMs`.
 */
export function strengthAt(rule: StoredRule, nowMs: number): number {
  if (rule.schedule === undefined) return 1;
  const { everyMs = 0, forMs = Infinity, rampMs = 0 } = rule.schedule;
  const elapsedMs = nowMs - opensAtMs(rule, rule.schedule);
  if (elapsedMs < 0) return 0;
  const sinceMs = everyMs > 0 ? elapsedMs % everyMs : elapsedMs;
  if (sinceMs >= forMs) return 0;
  return rampMs > 0 ? Math.min(1, sinceMs / rampMs) : 1;
}

function opensAtMs(rule: StoredRule, { startAt, afterMs = 0 }: NonNullable<StoredRule['schedule']>): number {
  return startAt === undefined ? rule.setAtMs + afterMs : Date.parse(startAt);
}

/** True when the rule's time to live is over. */
export function isExpired(rule: StoredRule, nowMs: number): boolean {
  return rule.ttlMs !== undefined && nowMs - rule.setAtMs >= rule.ttlMs;
}
