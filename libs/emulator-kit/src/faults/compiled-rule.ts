import type { Exchange } from '../exchange/exchange.js';
import { type Draw, type Random } from '../runtime/random.js';
import type { Fault } from './fault.js';
import type { StoredRule } from './fault-rule.js';
import { operationPattern } from './operation-pattern.js';
import { compileMatch } from './rule-match.js';
import { isExpired, strengthAt, type RuleTime } from './rule-schedule.js';

/** Subjects whose calls are counted per rule; beyond it the oldest are forgotten and their draws start anew. */
const MAX_COUNTED_SUBJECTS = 200_000;

/** A rule made ready for the hot path, with its counters. */
export class CompiledRule {
  /** Exchanges the rule acted on. */
  hits = 0;
  private readonly patterns: ((operation: string) => boolean)[];
  private readonly matches: (exchange: Exchange) => boolean;
  private readonly calls = new Map<string, number>();

  constructor(
    readonly rule: StoredRule,
    readonly fault: Fault,
    private readonly random: Random,
  ) {
    this.patterns = rule.operations.map(operationPattern);
    this.matches = compileMatch(rule, random);
  }

  covers(operation: string): boolean {
    return this.patterns.some((covers) => covers(operation));
  }

  /**
   * Decides whether the rule acts on this call and aims `draw` at the call's own random sequence, which depends only on seed, rule, subject
   * and how many calls of that subject came before.
   */
  strikes(exchange: Exchange, time: RuleTime, draw: Draw): boolean {
    const { rule } = this;
    if (isExpired(rule, time.realMs) || (rule.times !== undefined && this.hits >= rule.times)) return false;
    const strength = strengthAt(rule, time);
    if (strength === 0 || !this.matches(exchange)) return false;
    const subject = exchange.subject ?? exchange.client ?? '';
    draw.aim(this.random.hash(rule.id, subject, this.nextCall(subject)));
    // The draw is always consumed so that the sequence after it does not depend on the probability.
    if (draw.next() >= rule.probability * strength) return false;
    this.hits += 1;
    return true;
  }

  private nextCall(subject: string): number {
    const count = this.calls.get(subject) ?? 0;
    if (count === 0 && this.calls.size >= MAX_COUNTED_SUBJECTS) {
      this.calls.delete(this.calls.keys().next().value!);
    }
    this.calls.set(subject, count + 1);
    return count;
  }
}
