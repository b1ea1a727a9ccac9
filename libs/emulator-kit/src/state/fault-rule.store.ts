import type { StoredRule } from '../faults/fault-rule.js';

/** Keeps the fault rules of one emulator. A resolved promise means the change is kept; every verb changes all or nothing. */
export abstract class FaultRuleStore {
  /** Whether other replicas read and write the same rules. */
  readonly isShared: boolean = false;
  /** Adds rules, replacing those with the same ids. */
  abstract put(rules: readonly StoredRule[]): Promise<void>;
  /** Removes rules by id; resolves to the ids that were there. */
  abstract remove(ruleIds: readonly string[]): Promise<readonly string[]>;
  /** Makes these the only rules. */
  abstract replace(rules: readonly StoredRule[]): Promise<void>;
  /** In id order. */
  abstract list(): Promise<readonly StoredRule[]>;
}
