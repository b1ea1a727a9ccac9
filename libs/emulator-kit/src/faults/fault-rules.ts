import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Bus } from '../bus/bus.js';
import { Journal } from '../journal/journal.js';
import { Clock } from '../runtime/clock.js';
import { Ids } from '../runtime/ids.js';
import { SettingsError } from '../runtime/settings.js';
import { FaultRuleStore } from '../state/fault-rule.store.js';
import { FAULTS_CHANGED, FaultGate } from './fault-gate.js';
import { FaultRegistry, FaultRuleError } from './fault-registry.js';
import { isExpired } from './rule-schedule.js';
import { MAX_RULES, type FaultRule, type StoredRule } from './fault-rule.js';
import type { RuleChange } from './rule-watch.js';
import type { Preset, Presets } from './preset.js';

/** Injection token of the service's presets. */
export const PRESETS = Symbol('presets');

/** A rule with what it has done so far. */
export type RuleStatus = StoredRule & { readonly hits: number; readonly expired: boolean };

/**
 * Sets, lists and removes rules. Every change is checked whole before anything is touched, then kept, told to all replicas and journalled
 * before its promise resolves. Changes of one replica happen one after another.
 */
@Injectable()
export class FaultRules implements OnApplicationBootstrap {
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: FaultRuleStore,
    private readonly registry: FaultRegistry,
    private readonly gate: FaultGate,
    private readonly bus: Bus,
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly ids: Ids,
    @Inject(PRESETS) private readonly known: Presets,
  ) {}

  get presets(): readonly Preset[] {
    return this.known.all;
  }

  /** Checks every preset, then applies what the configuration names. @throws SettingsError naming the preset or the rule */
  async onApplicationBootstrap(): Promise<void> {
    for (const preset of this.presets) this.checkAtStart(`preset ${preset.name}`, preset.rules);
    for (const name of this.known.atStart) {
      if ((await this.applyPreset(name, 'start')) === undefined) throw new SettingsError(`presets: unknown "${name}"`);
    }
    this.checkAtStart('rules', this.known.rulesAtStart);
    if (this.known.rulesAtStart.length > 0) await this.put(this.known.rulesAtStart, 'start');
  }

  async list(): Promise<readonly RuleStatus[]> {
    const realMs = this.realMs();
    const rules = await this.store.list();
    return rules.map((rule) => ({ ...rule, hits: this.gate.hits(rule.id), expired: isExpired(rule, realMs) }));
  }

  async find(ruleId: string): Promise<RuleStatus | undefined> {
    return (await this.list()).find(({ id }) => id === ruleId);
  }

  /** Adds or replaces rules. @throws FaultRuleError before anything is changed */
  put(rules: readonly FaultRule[], setBy: string): Promise<readonly StoredRule[]> {
    return this.swap([], rules, setBy);
  }

  /** Adds or replaces rules and removes others in one change. @throws FaultRuleError before anything is changed */
  swap(removedIds: readonly string[], rules: readonly FaultRule[], setBy: string): Promise<readonly StoredRule[]> {
    return this.inTurn(async () => {
      const stored = this.stored(rules, setBy);
      const gone = new Set(removedIds.filter((id) => stored.every((rule) => rule.id !== id)));
      const expired = await this.makeRoom(stored, gone);
      if (stored.length > 0) await this.store.put(stored);
      if (gone.size + expired.length > 0) await this.store.remove([...gone, ...expired]);
      const removed = [...gone];
      await this.tell({ put: [...stored], removed: [...removed, ...expired] });
      this.journal.note('admin.faults.put', 'changed', { rules: stored.map(({ id }) => id), removed, setBy });
      return stored;
    });
  }

  /** Makes these the only rules. @throws FaultRuleError before anything is changed */
  replace(rules: readonly FaultRule[], setBy: string): Promise<readonly StoredRule[]> {
    return this.inTurn(async () => {
      const stored = this.stored(rules, setBy);
      await this.store.replace(stored);
      await this.tell({ put: [...stored], isWhole: true });
      this.journal.note('admin.faults.replace', 'changed', { rules: stored.map(({ id }) => id), setBy });
      return stored;
    });
  }

  /** Removes one rule; false when there was none. */
  remove(ruleId: string, setBy: string): Promise<boolean> {
    return this.inTurn(async () => {
      const removed = await this.store.remove([ruleId]);
      if (removed.length === 0) return false;
      await this.tell({ removed: [...removed] });
      this.journal.note('admin.faults.remove', 'changed', { rules: removed, setBy });
      return true;
    });
  }

  async clear(setBy: string): Promise<void> {
    await this.inTurn(async () => {
      await this.store.replace([]);
      await this.tell({ isWhole: true });
      this.journal.note('admin.faults.clear', 'changed', { setBy });
    });
  }

  /** Applies a preset's rules; undefined when there is no preset of that name. */
  async applyPreset(name: string, setBy: string): Promise<readonly StoredRule[] | undefined> {
    const preset = this.preset(name);
    return preset === undefined ? undefined : this.put(preset.rules, setBy);
  }

  /** The preset of a name, or undefined. */
  preset(name: string): Preset | undefined {
    return this.presets.find((candidate) => candidate.name === name);
  }

  private stored(rules: readonly FaultRule[], setBy: string): readonly StoredRule[] {
    const setAtMs = this.realMs();
    return this.registry.checkedAll(rules).map((rule) => ({ ...rule, setAtMs, setBy, revision: this.ids.uuid() }));
  }

  /** Ids of expired rules to be dropped so that the new ones fit. @throws FaultRuleError when they do not fit even then */
  private async makeRoom(stored: readonly StoredRule[], gone: ReadonlySet<string>): Promise<readonly string[]> {
    const realMs = this.realMs();
    const fresh = new Set(stored.map(({ id }) => id));
    const others = (await this.store.list()).filter(({ id }) => !fresh.has(id) && !gone.has(id));
    if (others.length + fresh.size <= MAX_RULES) return [];
    const expired = others.filter((rule) => isExpired(rule, realMs)).map(({ id }) => id);
    if (others.length - expired.length + fresh.size <= MAX_RULES) return expired;
    throw new FaultRuleError(`rules: at most ${MAX_RULES} at a time, ${others.length} are set`);
  }

  private checkAtStart(what: string, rules: readonly FaultRule[]): void {
    try {
      this.registry.checkedAll(rules);
    } catch (failure) {
      throw new SettingsError(`${what}, ${(failure as Error).message}`);
    }
  }

  /** Wall time without the engineer's shift: moving the clock must not end a rule. */
  private realMs(): number {
    return this.clock.nowMs() - this.clock.shiftMs;
  }

  private inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.queue.then(change);
    this.queue = done.catch(() => undefined);
    return done;
  }

  private tell(change: RuleChange): Promise<void> {
    return this.bus.publish(FAULTS_CHANGED, change);
  }
}
