import { Injectable } from '@nestjs/common';
import type { Exchange } from '../exchange/exchange.js';
import { Clock } from '../runtime/clock.js';
import { BASELINE_SCOPE } from '../latency/latency-profile.js';
import { Draw, Random } from '../runtime/random.js';
import { CallCounter } from '../state/call-counter.js';
import { FaultRuleStore } from '../state/fault-rule.store.js';
import { CompiledRule } from './compiled-rule.js';
import { FaultRegistry } from './fault-registry.js';
import type { StoredRule } from './fault-rule.js';
import type { RuleTime } from './rule-schedule.js';

/** Bus topic that tells every replica to read the rules again. */
export const FAULTS_CHANGED = 'poligon.faults';

/** Scopes of the call counter that do not belong to a rule. */
const CALL_SCOPES = [BASELINE_SCOPE];

interface Drawn {
  readonly chance: number;
  readonly number: number;
}

function timesScope({ revision }: StoredRule): string {
  return `${revision} times`;
}

const NO_RULES: readonly CompiledRule[] = [];

/** Decides, rule by rule in id order, what happens to an exchange. Latencies add up, the first terminal fault wins. */
@Injectable()
export class FaultGate {
  private compiled = new Map<string, CompiledRule>();
  private ordered: readonly CompiledRule[] = NO_RULES;
  private byOperation = new Map<string, readonly CompiledRule[]>();
  private readonly draw = new Draw();
  private reloading: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: FaultRuleStore,
    private readonly registry: FaultRegistry,
    private readonly random: Random,
    private readonly clock: Clock,
    private readonly counter: CallCounter,
  ) {}

  /** Reads the rules again; rules that did not change keep their counters. */
  reload(): Promise<void> {
    // One after another: a slow earlier read must not overwrite a later one, and a failed one must not stop the next.
    this.reloading = this.reloading.catch(() => undefined).then(() => this.read());
    return this.reloading;
  }

  private async read(): Promise<void> {
    const rules = await this.store.list();
    const next = new Map<string, CompiledRule>();
    for (const rule of rules) next.set(rule.id, this.kept(rule) ?? this.compile(rule));
    this.compiled = next;
    await this.counter.keepOnly(
      new Set([...CALL_SCOPES, ...rules.flatMap((rule) => [rule.revision, timesScope(rule)])]),
    );
    this.ordered = [...next.values()].sort((left, right) => (left.rule.id < right.rule.id ? -1 : 1));
    this.byOperation.clear();
  }

  /** Applies every rule that strikes; a promise only when a fault has to wait. */
  judge(exchange: Exchange): Promise<void> | undefined {
    if (this.ordered.length === 0) return undefined;
    const rules = this.rulesFor(exchange.operation);
    if (rules.length === 0) return undefined;
    const time = this.time();
    for (let index = 0; index < rules.length; index += 1) {
      const pending = this.strike(rules[index]!, exchange, time);
      if (pending !== undefined) return this.judgeRest(pending, rules.slice(index + 1), exchange);
    }
    return undefined;
  }

  /** Whether some rule is meant for the operation, struck or not. */
  hasRules(operation: string): boolean {
    return this.ordered.length > 0 && this.rulesFor(operation).length > 0;
  }

  /** How often a rule acted since it was set. */
  hits(ruleId: string): number {
    return this.compiled.get(ruleId)?.hits ?? 0;
  }

  private async judgeRest(pending: Promise<void>, rest: readonly CompiledRule[], exchange: Exchange): Promise<void> {
    await pending;
    for (const compiled of rest) await this.strike(compiled, exchange, this.time());
  }

  private strike(compiled: CompiledRule, exchange: Exchange, time: RuleTime): Promise<void> | undefined {
    const chance = compiled.chance(exchange, time);
    if (chance === 0) return undefined;
    const number = this.counter.next(compiled.rule.revision, exchange.callKey);
    if (typeof number === 'number') return this.act(compiled, exchange, { chance, number });
    return number.then((known) => this.act(compiled, exchange, { chance, number: known }));
  }

  /** Draws, and applies the fault when the rule has not acted `times` times yet. */
  private act(compiled: CompiledRule, exchange: Exchange, drawn: Drawn): Promise<void> | undefined {
    const { rule } = compiled;
    const call = { key: exchange.callKey, number: drawn.number };
    if (!compiled.strikes(this.draw, drawn.chance, call)) return undefined;
    if (rule.times === undefined) return this.apply(compiled, exchange);
    const before = this.counter.next(timesScope(rule), '');
    if (typeof before === 'number') return before < rule.times ? this.apply(compiled, exchange) : undefined;
    return before.then((known) => {
      if (known >= rule.times!) return undefined;
      // Other calls have drawn meanwhile: this one's sequence is aimed at once more.
      compiled.strikes(this.draw, drawn.chance, call);
      return this.apply(compiled, exchange);
    });
  }

  private apply(compiled: CompiledRule, exchange: Exchange): Promise<void> | undefined {
    compiled.hits += 1;
    exchange.fired.push({ id: compiled.rule.id, fault: compiled.rule.fault });
    return compiled.fault.apply(exchange, compiled.rule.options, this.draw) ?? undefined;
  }

  private time(): RuleTime {
    const wallMs = this.clock.nowMs();
    return { wallMs, realMs: wallMs - this.clock.shiftMs };
  }

  private rulesFor(operation: string): readonly CompiledRule[] {
    let rules = this.byOperation.get(operation);
    if (rules === undefined) {
      rules = this.ordered.filter((compiled) => compiled.covers(operation));
      this.byOperation.set(operation, rules);
    }
    return rules;
  }

  private kept(rule: StoredRule): CompiledRule | undefined {
    const current = this.compiled.get(rule.id);
    return current?.rule.revision === rule.revision ? current : undefined;
  }

  private compile(rule: StoredRule): CompiledRule {
    return new CompiledRule(rule, this.registry.named(rule.fault), this.random);
  }
}
