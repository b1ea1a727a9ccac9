import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { CONFIG, Logger, ResetOnAdmin, State, type ResidentDocuments, type Resettable } from '@poligon/emulator-kit';
import type { SmsConfig } from '../config.js';
import type { Account } from '../domain/account.js';
import { AccountSpending } from './account-spending.js';
import { AccountStore } from './account.store.js';
import { MemoryAccountStore } from './memory-account.store.js';

/** An account as it is written down; null: removed although it is configured. */
type WrittenAccount =
  | (Omit<Account, 'stopList' | 'callbackUrls'> & {
      readonly stopList: readonly (readonly [string, string])[];
      readonly callbackUrls: readonly string[];
    })
  | null;

const REFRESH_MS = 1000;

/** Accounts as configured, with what was changed since on top; balances are what was set minus what was spent at any replica. */
@Injectable()
@ResetOnAdmin()
export class DatabaseAccountStore
  extends AccountStore
  implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy, Resettable
{
  private readonly memory: MemoryAccountStore;
  private readonly written: ResidentDocuments<{ readonly account: WrittenAccount }>;
  private readonly spending: AccountSpending;
  /** Balance of each account before anything was spent. */
  private readonly granted = new Map<string, number>();
  private readonly configured: ReadonlyMap<string, Account>;
  private isClosed = false;

  constructor(
    private readonly state: State,
    private readonly logger: Logger,
    @Inject(CONFIG) config: SmsConfig,
  ) {
    super();
    this.memory = new MemoryAccountStore(config);
    this.configured = new Map(this.memory.list().map((account) => [keyOf(account), account]));
    this.written = state.resident({ table: 'sms.account' });
    this.spending = new AccountSpending(state);
  }

  async onModuleInit(): Promise<void> {
    await this.written.refresh();
    await this.refresh();
  }

  onApplicationBootstrap(): void {
    if (this.state.isShared) this.refreshLater();
  }

  onModuleDestroy(): void {
    this.isClosed = true;
  }

  find(dialect: string, login: string): Account | undefined {
    return this.memory.find(dialect, login);
  }

  findByKey(dialect: string, apiKey: string): Account | undefined {
    return this.memory.findByKey(dialect, apiKey);
  }

  async put(account: Account): Promise<void> {
    const key = keyOf(account);
    await this.written.put(key, { account: writtenOf(account) });
    await this.spending.forget(key);
    this.granted.set(key, account.balance);
    this.memory.put(account);
  }

  /** The balance stays what it was granted: spending is counted by itself. */
  override async save(account: Account): Promise<void> {
    const key = keyOf(account);
    const balance = this.granted.get(key) ?? account.balance;
    await this.written.put(key, { account: { ...writtenOf(account)!, balance } });
  }

  override spent({ dialect, login }: Pick<Account, 'dialect' | 'login'>, roubles: number): void {
    this.spending.note(keyOf({ dialect, login }), roubles);
  }

  async remove(dialect: string, login: string): Promise<boolean> {
    if (this.find(dialect, login) === undefined) return false;
    await this.written.put(keyOf({ dialect, login }), { account: null });
    return this.memory.remove(dialect, login);
  }

  list(): readonly Account[] {
    return this.memory.list();
  }

  async reset(): Promise<void> {
    await this.written.clear();
    await this.spending.forget();
    this.memory.reset();
    await this.refresh();
  }

  /** The other replica has emptied the tables already. */
  async forget(): Promise<void> {
    this.memory.reset();
    await this.written.refresh();
    await this.refresh();
  }

  /** Takes over what was written, here before a restart or at another replica. */
  private async refresh(): Promise<void> {
    const totals = await this.spending.totals();
    for (const [key, { account }] of this.written.entries()) this.takeOver(key, account);
    for (const account of this.memory.list()) {
      const key = keyOf(account);
      account.balance = this.grantedTo(key, account) - (totals.get(key) ?? 0);
    }
  }

  /** What the account had before anything was spent: as written, else as configured, else as first seen. */
  private grantedTo(key: string, account: Account): number {
    const written = this.written.get(key);
    const known = this.granted.get(key);
    if (known !== undefined && written === undefined) return known;
    const granted = written?.account?.balance ?? this.configured.get(key)?.balance ?? account.balance;
    this.granted.set(key, granted);
    return granted;
  }

  private takeOver(key: string, written: WrittenAccount): void {
    const [dialect, login] = JSON.parse(key) as [string, string];
    const known = this.find(dialect, login);
    if (written === null) {
      if (known !== undefined) this.memory.remove(dialect, login);
      return;
    }
    const stopList = new Map(written.stopList);
    const callbackUrls = new Set(written.callbackUrls);
    // Sessions hold on to the account they were bound with.
    if (known === undefined || known.apiKey !== written.apiKey) this.memory.put({ ...written, stopList, callbackUrls });
    else Object.assign(known, { ...written, balance: known.balance, stopList, callbackUrls });
  }

  private refreshLater(): void {
    if (this.isClosed) return;
    this.state.clock.after(REFRESH_MS, () => {
      this.refresh()
        .catch((failure: unknown) => this.logger.warn('accounts.not-read', { failure: String(failure) }))
        .finally(() => this.refreshLater());
    });
  }
}

function keyOf({ dialect, login }: Pick<Account, 'dialect' | 'login'>): string {
  return JSON.stringify([dialect, login]);
}

function writtenOf(account: Account): WrittenAccount {
  return { ...account, stopList: [...account.stopList], callbackUrls: [...account.callbackUrls] };
}
