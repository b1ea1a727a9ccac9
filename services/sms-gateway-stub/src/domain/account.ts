/** A client of one dialect: how it proves itself and what it may do. */
export interface Account {
  readonly dialect: string;
  readonly login: string;
  readonly password: string;
  readonly apiKey: string;
  /** Roubles left. */
  balance: number;
  /** True: a submission that costs more than the balance is refused. */
  readonly isBalanceEnforced: boolean;
  /** Roubles per segment. */
  readonly pricePerSegment: number;
  /** Registered sender names; an empty list allows any. */
  readonly senders: readonly string[];
  /** Numbers that must not be written to, with the reason. */
  readonly stopList: Map<string, string>;
  /** URLs that are told of every change. */
  readonly callbackUrls: Set<string>;
  /** Secret of callback signatures. */
  readonly callbackSecret: string;
  /** Addresses the account may call from; empty allows any. */
  readonly allowedAddresses: readonly string[];
  /** Accepted messages per second; 0 is no limit. */
  readonly ratePerSecond: number;
  /** Messages accepted at once before the rate applies. */
  readonly burst: number;
  /** Connections bound at the same time (SMPP). */
  readonly maxBinds: number;
}

/** Why a submission is not accepted, the same for every door; each dialect has its own words. */
export type Refusal =
  | 'no-funds'
  | 'auth-rejected'
  | 'ip-blocked'
  | 'duplicate'
  | 'antifraud'
  | 'sender-unregistered'
  | 'spam'
  | 'stop-list'
  | 'foreign-number'
  | 'unavailable';

/** What admission looks at. */
export interface Asked {
  readonly phone: string;
  readonly sender: string;
  readonly cost: number;
}

/** Why one message of this account is refused, or undefined. */
export function refusalOf(account: Account, { phone, sender, cost }: Asked): Refusal | undefined {
  if (account.senders.length > 0 && !account.senders.includes(sender)) return 'sender-unregistered';
  if (account.stopList.has(phone)) return 'stop-list';
  return account.isBalanceEnforced && cost > account.balance ? 'no-funds' : undefined;
}
