import type { StoredRule } from './fault-rule.js';

/** The two times a rule lives by. */
export interface RuleTime {
  /** Wall time with the engineer's shift: what `startAt` is compared with. */
  readonly wallMs: number;
  /** Wall time without the shift: what a rule's age is counted in. */
  readonly realMs: number;
}

/**
 * Strength of a rule, 0..1: 0 outside its windows, rising linearly through `rampMs`, 1 afterwards.
 * The first window opens at `startAt`, or `afterMs` after the rule was set; it lasts `forMs` and comes again every `everyMs`.
 */
export function strengthAt(rule: StoredRule, time: RuleTime): number {
  if (rule.schedule === undefined) return 1;
  const { everyMs = 0, forMs = Infinity, rampMs = 0 } = rule.schedule;
  const elapsedMs = sinceOpening(rule, rule.schedule, time);
  if (elapsedMs < 0) return 0;
  const sinceMs = everyMs > 0 ? elapsedMs % everyMs : elapsedMs;
  if (sinceMs >= forMs) return 0;
  return rampMs > 0 ? Math.min(1, sinceMs / rampMs) : 1;
}

function sinceOpening(
  rule: StoredRule,
  { startAt, afterMs = 0 }: NonNullable<StoredRule['schedule']>,
  { wallMs, realMs }: RuleTime,
): number {
  return startAt === undefined ? realMs - rule.setAtMs - afterMs : wallMs - Date.parse(startAt);
}

/** True when the rule's time to live is over. */
export function isExpired(rule: StoredRule, realMs: number): boolean {
  return rule.ttlMs !== undefined && realMs - rule.setAtMs >= rule.ttlMs;
}
