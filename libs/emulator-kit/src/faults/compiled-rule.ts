import type { Exchange } from '../exchange/exchange.js';
import { type Draw, type Random } from '../runtime/random.js';
import type { Fault } from './fault.js';
import type { StoredRule } from './fault-rule.js';
import { operationPattern } from './operation-pattern.js';
import { compileMatch } from './rule-match.js';
import { isExpired, strengthAt, type RuleTime } from './rule-schedule.js';

/** A rule made ready for the hot path, with its hit counter. */
export class CompiledRule {
  /** Exchanges the rule acted on in this replica. */
  hits = 0;
  private readonly patterns: ((operation: string) => boolean)[];
  private readonly matches: (exchange: Exchange) => boolean;

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

  /** Probability with which the rule acts on this call; 0 when it is not meant for it. */
  chance(exchange: Exchange, time: RuleTime): number {
    const { rule } = this;
    if (isExpired(rule, time.realMs)) return 0;
    const strength = strengthAt(rule, time);
    return strength === 0 || !this.matches(exchange) ? 0 : rule.probability * strength;
  }

  /**
   * Aims `draw` at the call's own random sequence and draws whether the rule acts. The sequence depends on seed, rule, call and its number
   * alone, and the first number is always consumed, so that what follows does not depend on the probability.
   */
  strikes(draw: Draw, chance: number, call: { readonly key: string; readonly number: number }): boolean {
    draw.aim(this.random.hash(this.rule.id, call.key, call.number));
    return draw.next() < chance;
  }
}
