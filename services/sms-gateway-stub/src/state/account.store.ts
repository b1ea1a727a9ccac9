import type { Account } from '../domain/account.js';

/** Accounts of all dialects. */
export abstract class AccountStore {
  abstract find(dialect: string, login: string): Account | undefined;
  abstract findByKey(dialect: string, apiKey: string): Account | undefined;
  /** Adds or replaces the account of that dialect and login. */
  abstract put(account: Account): void | Promise<void>;
  /** True when there was one. */
  abstract remove(dialect: string, login: string): boolean | Promise<boolean>;
  abstract list(): readonly Account[];

  /** Keeps an account whose stop list or callback URLs were changed in place; there is nothing to do in memory. */
  async save(_account: Account): Promise<void> {}

  /** Counts roubles that an account of this replica spent; its balance has them already. */
  spent(_account: Pick<Account, 'dialect' | 'login'>, _roubles: number): void {}
}
