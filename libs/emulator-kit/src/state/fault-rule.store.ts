import type { StoredRule } from '../faults/fault-rule.js';

/** Keeps the fault rules of one emulator. A resolved promise means the change is kept. */
export abstract class FaultRuleStore {
  /** Adds the rule or replaces the one with its id. */
  abstract put(rule: StoredRule): Promise<void>;
  /** Removes a rule; false when there was none. */
  abstract remove(ruleId: string): Promise<boolean>;
  abstract find(ruleId: string): Promise<StoredRule | undefined>;
  /** In id order. */
  abstract list(): Promise<readonly StoredRule[]>;
  abstract clear(): Promise<void>;
}
