import { Injectable } from '@nestjs/common';
import type { StoredRule } from '../faults/fault-rule.js';
import { FaultRuleStore } from './fault-rule.store.js';

/** Reference implementation: rules live as long as the process. */
@Injectable()
export class MemoryFaultRuleStore extends FaultRuleStore {
  private readonly rules = new Map<string, StoredRule>();

  async put(rule: StoredRule): Promise<void> {
    this.rules.set(rule.id, rule);
  }

  async remove(ruleId: string): Promise<boolean> {
    return this.rules.delete(ruleId);
  }

  async find(ruleId: string): Promise<StoredRule | undefined> {
    return this.rules.get(ruleId);
  }

  async list(): Promise<readonly StoredRule[]> {
    return [...this.rules.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
  }

  async clear(): Promise<void> {
    this.rules.clear();
  }
}
