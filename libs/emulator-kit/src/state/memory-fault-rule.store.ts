import { Injectable } from '@nestjs/common';
import type { StoredRule } from '../faults/fault-rule.js';
import { FaultRuleStore } from './fault-rule.store.js';

/** Reference implementation: rules live as long as the process. */
@Injectable()
export class MemoryFaultRuleStore extends FaultRuleStore {
  private rules = new Map<string, StoredRule>();

  async put(rules: readonly StoredRule[]): Promise<void> {
    for (const rule of rules) this.rules.set(rule.id, rule);
  }

  async remove(ruleIds: readonly string[]): Promise<readonly string[]> {
    return ruleIds.filter((id) => this.rules.delete(id));
  }

  async replace(rules: readonly StoredRule[]): Promise<void> {
    this.rules = new Map(rules.map((rule) => [rule.id, rule]));
  }

  async list(): Promise<readonly StoredRule[]> {
    return [...this.rules.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
  }
}
