import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { SmsConfig } from '../config.js';
import type { Account } from '../domain/account.js';
import { AccountStore } from '../state/account.store.js';

/** Wrong credentials are counted, and a block lasts, this long. */
const BLOCK_MS = 60_000;
/** Addresses remembered; beyond it the oldest are forgotten. */
const MAX_ADDRESSES = 100_000;

/** Checks who calls, for every door. */
@Injectable()
@ResetOnAdmin()
export class Doorkeeper implements Resettable {
  private readonly failures = new Map<string, { count: number; sinceMs: number }>();

  constructor(
    private readonly accounts: AccountStore,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<SmsConfig, 'badLogins'>,
  ) {}

  /** The account of a login whose password is right; `forms` are further texts that count as the password. */
  byPassword(
    dialect: string,
    login: string | undefined,
    password: string | undefined,
    forms: (account: Account) => readonly string[] = () => [],
  ): Account | undefined {
    if (login === undefined || password === undefined) return undefined;
    const account = this.accounts.find(dialect, login);
    if (account === undefined) return undefined;
    return [account.password, ...forms(account)].some((expected) => isSame(password, expected)) ? account : undefined;
  }

  byKey(dialect: string, apiKey: string | undefined): Account | undefined {
    return apiKey === undefined ? undefined : this.accounts.findByKey(dialect, apiKey);
  }

  /** True when the account may be used from this address. */
  isAllowed({ allowedAddresses }: Account, address: string): boolean {
    return allowedAddresses.length === 0 || allowedAddresses.includes(address);
  }

  /** True while an address is blocked for too many wrong credentials. */
  isBlocked(address: string): boolean {
    const failed = this.failures.get(address);
    if (failed === undefined || this.config.badLogins === 0) return false;
    if (this.clock.nowMs() - failed.sinceMs >= BLOCK_MS) {
      this.failures.delete(address);
      return false;
    }
    return failed.count >= this.config.badLogins;
  }

  /** Counts wrong credentials of an address; the minute starts anew when the limit is reached. */
  noteFailure(address: string): void {
    const nowMs = this.clock.nowMs();
    const failed = this.failures.get(address);
    if (failed === undefined || nowMs - failed.sinceMs >= BLOCK_MS) {
      if (this.failures.size >= MAX_ADDRESSES) this.failures.delete(this.failures.keys().next().value!);
      this.failures.set(address, { count: 1, sinceMs: nowMs });
      return;
    }
    failed.count += 1;
    if (failed.count === this.config.badLogins) failed.sinceMs = nowMs;
  }

  reset(): void {
    this.failures.clear();
  }
}

/** Compares without telling by time how much was right. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Login and password of an HTTP Basic header. */
export function basicCredentials(header: string | undefined): { login: string; password: string } | undefined {
  const encoded = /^basic\s+([a-z0-9+/=_-]{1,2000})$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at < 0 ? undefined : { login: text.slice(0, at), password: text.slice(at + 1) };
}

/** The credential after the scheme's name; the whole header when it names no scheme. */
export function bearerOf(header: string | undefined): string | undefined {
  return header?.replace(/^(?:bearer|key|token)\s+/i, '').trim();
}
