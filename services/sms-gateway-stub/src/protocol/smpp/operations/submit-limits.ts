import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, ProtocolError } from '@poligon/emulator-kit';
import type { SmsConfig } from '../../../config.js';
import type { Account } from '../../../domain/account.js';
import type { SmppSession } from '../smpp-session.js';

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Who may submit, and how much at once: a token bucket per system_id and a window per connection (section 4). */
@Injectable()
export class SubmitLimits {
  private readonly buckets = new WeakMap<Account, Bucket>();

  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<SmsConfig, 'smppWindow'>,
  ) {}

  /** @throws ProtocolError `ESME_RINVBNDSTS`, `ESME_RTHROTTLED` */
  require(session: SmppSession, messages: number): void {
    const { account } = session;
    if (account === undefined || session.mode === 'receiver') throw new ProtocolError('ESME_RINVBNDSTS');
    if (session.inProgress > this.config.smppWindow) throw new ProtocolError('ESME_RTHROTTLED');
    if (account.ratePerSecond > 0 && !this.take(account, messages)) throw new ProtocolError('ESME_RTHROTTLED');
  }

  private take(account: Account, count: number): boolean {
    const nowMs = this.clock.monotonicMs();
    const bucket = this.buckets.get(account) ?? { tokens: account.burst, atMs: nowMs };
    this.buckets.set(account, bucket);
    const grown = bucket.tokens + ((nowMs - bucket.atMs) / 1000) * account.ratePerSecond;
    bucket.tokens = Math.min(account.burst, grown);
    bucket.atMs = nowMs;
    // A call of more destinations than the burst must not be refused for ever.
    if (bucket.tokens < Math.min(count, account.burst)) return false;
    bucket.tokens -= count;
    return true;
  }
}
