import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin } from '@poligon/emulator-kit';
import { LoginRuleStore, type LoginRule } from './login-rule.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Rules in memory; beyond the bound the oldest give way. */
@ResetOnAdmin()
@Injectable()
export class MemoryLoginRuleStore extends LoginRuleStore {
  private readonly rules = new Map<string, LoginRule>();

  constructor(@Inject(STORE_LIMITS) private readonly limits: StoreLimits) {
    super();
  }

  async put(rule: LoginRule): Promise<void> {
    this.rules.delete(rule.state);
    const [oldest] = this.rules.keys();
    if (this.rules.size >= this.limits.maxOpen && oldest !== undefined) this.rules.delete(oldest);
    this.rules.set(rule.state, rule);
  }

  async find(state: string): Promise<LoginRule | undefined> {
    return this.rules.get(state);
  }

  async remove(state: string): Promise<boolean> {
    return this.rules.delete(state);
  }

  async list(): Promise<readonly LoginRule[]> {
    return [...this.rules.values()];
  }

  reset(): void {
    this.rules.clear();
  }
}
