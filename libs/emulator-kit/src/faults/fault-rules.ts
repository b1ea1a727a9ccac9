import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Bus } from '../bus/bus.js';
import { Journal } from '../journal/journal.js';
import { Clock } from '../runtime/clock.js';
import { Ids } from '../runtime/ids.js';
import { SettingsError } from '../runtime/settings.js';
import { FaultRuleStore } from '../state/fault-rule.store.js';
import { FAULTS_CHANGED, FaultGate } from './fault-gate.js';
import { FaultRegistry } from './fault-registry.js';
import { isExpired } from './rule-schedule.js';
import type { FaultRule, StoredRule } from './fault-rule.js';
import type { Preset, Presets } from './preset.js';

/** Injection token of the service's presets. */
export const PRESETS = Symbol('presets');

/** A rule with what it has done so far. */
export type RuleStatus = StoredRule & { readonly hits: number; readonly expired: boolean };

/** Sets, lists and removes rules; every change is kept, told to all replicas and journalled before the promise resolves. */
@Injectable()
export class FaultRules implements OnApplicationBootstrap {
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

  /** Checks every preset, then applies those named by the configuration. @throws SettingsError naming the preset */
  async onApplicationBootstrap(): Promise<void> {
    for (const preset of this.presets) {
      for (const rule of preset.rules) this.checkPreset(preset, rule);
    }
    for (const name of this.known.atStart) {
      if ((await this.applyPreset(name, 'start')) === undefined) throw new SettingsError(`presets: unknown "${name}"`);
    }
  }

  async list(): Promise<readonly RuleStatus[]> {
    const nowMs = this.clock.nowMs();
    const rules = await this.store.list();
    return rules.map((rule) => ({ ...rule, hits: this.gate.hits(rule.id), expired: isExpired(rule, nowMs) }));
  }

  async find(ruleId: string): Promise<RuleStatus | undefined> {
    return (await this.list()).find(({ id }) => id === ruleId);
  }

  /** Adds or replaces rules. @throws FaultRuleError before anything is changed */
  async put(rules: readonly FaultRule[], setBy: string): Promise<readonly StoredRule[]> {
    const setAtMs = this.clock.nowMs();
    const stored = rules.map((rule) => ({ ...this.registry.checked(rule), setAtMs, setBy, revision: this.ids.uuid() }));
    for (const rule of stored) await this.store.put(rule);
    await this.changed('admin.faults.put', { rules: stored.map(({ id }) => id), setBy });
    return stored;
  }

  /** Removes one rule; false when there was none. */
  async remove(ruleId: string, setBy: string): Promise<boolean> {
    const removed = await this.store.remove(ruleId);
    if (removed) await this.changed('admin.faults.remove', { rules: [ruleId], setBy });
    return removed;
  }

  async clear(setBy: string): Promise<void> {
    await this.store.clear();
    await this.changed('admin.faults.clear', { setBy });
  }

  /** Applies a preset's rules; undefined when there is no preset of that name. */
  async applyPreset(name: string, setBy: string): Promise<readonly StoredRule[] | undefined> {
    const preset = this.presets.find((candidate) => candidate.name === name);
    return preset === undefined ? undefined : this.put(preset.rules, setBy);
  }

  private checkPreset(preset: Preset, rule: FaultRule): void {
    try {
      this.registry.checked(rule);
    } catch (failure) {
      throw new SettingsError(`preset ${preset.name}, rule ${rule.id}: ${(failure as Error).message}`);
    }
  }

  private async changed(operation: string, wire: Record<string, unknown>): Promise<void> {
    await this.bus.publish(FAULTS_CHANGED, wire);
    this.journal.note(operation, 'changed', wire);
  }
}
