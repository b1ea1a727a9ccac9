import type { StoredRule } from './fault-rule.js';

/**
 * Strength of a rule at a wall time, 0..1: 0 outside its windows, rising linearly through `rampMs`, 1 afterwards.
 * The first window opens at `startAt`, or `afterMs` after the rule was set; it lasts `forMs` and comes again every `everyMs`.
 */
export function strengthAt(rule: StoredRule, nowMs: number): number {
  const { schedule } = rule;
  if (schedule === undefined) return 1;
  const opensMs = schedule.startAt === undefined ? rule.setAtMs + (schedule.afterMs ?? 0) : Date.parse(schedule.startAt);
  let sinceMs = nowMs - opensMs;
  if (sinceMs < 0) return 0;
  if (schedule.everyMs !== undefined && schedule.everyMs > 0) sinceMs %= schedule.everyMs;
  if (schedule.forMs !== undefined && sinceMs >= schedule.forMs) return 0;
  return schedule.rampMs === undefined || schedule.rampMs === 0 ? 1 : Math.min(1, sinceMs / schedule.rampMs);
}

/** True when the rule's time to live is over. */
export function isExpired(rule: StoredRule, nowMs: number): boolean {
  return rule.ttlMs !== undefined && nowMs - rule.setAtMs >= rule.ttlMs;
}
