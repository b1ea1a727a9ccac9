import type { Account } from '../domain/account.js';

/** Accounts of all dialects. */
export abstract class AccountStore {
  abstract find(dialect: string, login: string): Account | undefined;
  abstract findByKey(dialect: string, apiKey: string): Account | undefined;
  /** Adds or replaces the account of that dialect and login. */
  abstract put(account: Account): void;
  /** True when there was one. */
  abstract remove(dialect: string, login: string): boolean;
  abstract list(): readonly Account[];
}
