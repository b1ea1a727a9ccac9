import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin, State, type DocumentStore } from '@poligon/emulator-kit';
import { KEEP_FOR_MS } from './expiring.js';
import { LoginRuleStore, type LoginRule } from './login-rule.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Rules in the state of the service. */
@ResetOnAdmin()
@Injectable()
export class KeptLoginRuleStore extends LoginRuleStore {
  private readonly rules: DocumentStore<LoginRule>;

  constructor(
    @Inject(STORE_LIMITS) private readonly limits: StoreLimits,
    state: State,
  ) {
    super();
    this.rules = state.documents({
      table: 'esia.login_rule',
      keepForMs: KEEP_FOR_MS,
      maxInMemory: this.limits.maxOpen,
    });
  }

  put(rule: LoginRule): Promise<void> {
    return this.rules.put(rule.state, rule);
  }

  find(state: string): Promise<LoginRule | undefined> {
    return this.rules.find(state);
  }

  async remove(state: string): Promise<boolean> {
    return (await this.rules.take(state)) !== undefined;
  }

  async list(): Promise<readonly LoginRule[]> {
    return (await this.rules.list({ limit: this.limits.maxOpen })).items.map(({ document }) => document);
  }

  async reset(): Promise<void> {
    await this.rules.remove();
  }
}
