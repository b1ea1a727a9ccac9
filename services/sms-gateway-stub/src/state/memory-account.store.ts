import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { SmsConfig } from '../config.js';
import type { Account } from '../domain/account.js';
import { accountOf, configuredAccounts } from './account-defaults.js';
import { AccountStore } from './account.store.js';

/** Reference implementation; starts, and starts again on reset, with the configured accounts. */
@Injectable()
@ResetOnAdmin()
export class MemoryAccountStore extends AccountStore implements Resettable {
  private readonly byLogin = new Map<string, Account>();
  private readonly byKey = new Map<string, Account>();

  constructor(@Inject(CONFIG) private readonly config: SmsConfig) {
    super();
    this.reset();
  }

  find(dialect: string, login: string): Account | undefined {
    return this.byLogin.get(`${dialect} ${login}`);
  }

  findByKey(dialect: string, apiKey: string): Account | undefined {
    return this.byKey.get(`${dialect} ${apiKey}`);
  }

  put(account: Account): void {
    this.remove(account.dialect, account.login);
    this.byLogin.set(`${account.dialect} ${account.login}`, account);
    // The first holder of a key keeps it: an account that only took over the default key must not shadow the standard one.
    const key = `${account.dialect} ${account.apiKey}`;
    if (!this.byKey.has(key)) this.byKey.set(key, account);
  }

  remove(dialect: string, login: string): boolean {
    const found = this.find(dialect, login);
    if (found === undefined) return false;
    this.byLogin.delete(`${dialect} ${login}`);
    if (this.findByKey(dialect, found.apiKey) === found) this.byKey.delete(`${dialect} ${found.apiKey}`);
    return true;
  }

  list(): readonly Account[] {
    return [...this.byLogin.values()];
  }

  reset(): void {
    this.byLogin.clear();
    this.byKey.clear();
    for (const fields of configuredAccounts(this.config)) this.put(accountOf(fields, this.config));
  }
}
