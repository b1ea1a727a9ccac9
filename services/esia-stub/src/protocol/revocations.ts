import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../config.js';
import type { Grant } from '../domain/grant.js';
import type { DecodedJwt } from '../domain/jwt.js';
import { RevocationStore } from '../state/revocation.store.js';

/** What ended a token before its time. */
export type RevocationReason = 'token' | 'session' | 'consent';

const tokenKey = (token: string): string => `token ${createHash('sha256').update(token).digest('base64url')}`;
const sessionKey = (sid: string): string => `session ${sid}`;
const consentKey = (clientId: string, oid: number): string => `consent ${oid} ${clientId}`;

/** Ends tokens that were signed and are not stored: one token, all of a session, all a person gave to a client. */
@Injectable()
export class Revocations {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly clock: Clock,
    private readonly store: RevocationStore,
  ) {}

  token(token: string): Promise<void> {
    return this.put(tokenKey(token), this.config.tokenLifeS);
  }

  session(sid: string): Promise<void> {
    return this.put(sessionKey(sid), this.longestLifeS());
  }

  consent(clientId: string, oid: number): Promise<void> {
    return this.put(consentKey(clientId, oid), this.longestLifeS());
  }

  /** Why an access token is dead, undefined when it lives. `claims` are proved ones. */
  async ofToken(token: string, claims: DecodedJwt['payload']): Promise<RevocationReason | undefined> {
    const { 'urn:esia:sid': sid, 'urn:esia:sbj_id': oid, client_id: clientId, iat } = claims;
    const isWhole = typeof sid === 'string' && typeof clientId === 'string';
    // Asked at once: a database answers all of them in one round.
    const [revokedAtMs, reason] = await Promise.all([
      this.store.find(tokenKey(token)),
      isWhole ? this.ofGrant({ sid, clientId, oid: Number(oid) }, Number(iat) * 1000) : undefined,
    ]);
    return revokedAtMs === undefined ? reason : 'token';
  }

  /** The same for what was granted at `grantedAtMs`. A consent given again counts from the next second. */
  async ofGrant(
    { sid, clientId, oid }: Pick<Grant, 'sid' | 'clientId'> & { readonly oid: number },
    grantedAtMs: number,
  ): Promise<RevocationReason | undefined> {
    const [endedAtMs, withdrawnAtMs] = await Promise.all([
      this.store.find(sessionKey(sid)),
      this.store.find(consentKey(clientId, oid)),
    ]);
    if (endedAtMs !== undefined) return 'session';
    return withdrawnAtMs !== undefined && grantedAtMs <= withdrawnAtMs ? 'consent' : undefined;
  }

  private put(key: string, lifeS: number): Promise<void> {
    const nowMs = this.clock.nowMs();
    return this.store.revoke(key, nowMs, nowMs + lifeS * 1000);
  }

  private longestLifeS(): number {
    return Math.max(this.config.tokenLifeS, this.config.refreshLifeS);
  }
}
