import type { Account } from '../domain/account.js';
import type { Message } from '../domain/message.js';
import type { Recipient } from './gateway.js';

/** What is known of a message once it is accepted. */
export interface Acceptance {
  readonly id: number;
  readonly sender: string;
  readonly segments: number;
  readonly nowMs: number;
  readonly reference: string | undefined;
}

/** Parts of a rouble an account is kept to: sums of prices leave a tail otherwise. */
const FRACTIONS = 10_000;

/** A message as it is accepted; the account pays for it. */
export function messageOf(account: Account, recipient: Recipient, accepted: Acceptance): Message {
  const { phone, text, clientId, part, returnTo } = recipient;
  const { id, sender, segments, nowMs, reference } = accepted;
  const cost = segments * account.pricePerSegment;
  account.balance = Math.round((account.balance - cost) * FRACTIONS) / FRACTIONS;
  return {
    id,
    dialect: account.dialect,
    account: account.login,
    clientId,
    reference,
    phone,
    sender,
    text,
    segments,
    cost,
    acceptedAtMs: nowMs,
    state: 'queued',
    changedAtMs: nowMs,
    error: 0,
    part,
    returnTo,
  };
}
