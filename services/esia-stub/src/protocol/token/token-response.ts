import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, type Exchange } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { Client, TokenAlgorithm } from '../../domain/client.js';
import type { Grant } from '../../domain/grant.js';
import { encodeJwt } from '../../domain/jwt.js';
import { accessTokenClaims, idTokenClaims, tokenHeader, type TokenFrame } from '../../domain/token-claims.js';
import { HINT } from '../../faults/fault-hints.js';
import { RefreshTokenStore } from '../../state/refresh-token.store.js';
import { issuerOf } from '../esia-issuer.js';
import { isTrusted } from '../login/user-checks.js';
import { PersonDirectory } from '../person-directory.js';
import { nowOf } from '../skewed-time.js';
import { TokenKeys } from '../token-keys.js';

/** Whom tokens are made for, and why. */
export interface TokenOrder {
  readonly grant: Grant;
  readonly client: Client;
  /** State of the token request. */
  readonly state: string;
  readonly exchange: Exchange;
}

const OTHER: Readonly<Record<TokenAlgorithm, TokenAlgorithm>> = {
  RS256: 'GOST3410_2012_256',
  GOST3410_2012_256: 'RS256',
};

/** Makes the answer of `te`. */
@Injectable()
export class TokenResponse {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly keys: TokenKeys,
    private readonly people: PersonDirectory,
    private readonly refreshTokens: RefreshTokenStore,
  ) {}

  /** Fields in the order the real system writes them; refresh_token only for offline access, id_token only with openid. */
  async make(order: TokenOrder): Promise<object> {
    const { exchange, state, grant } = order;
    const { tokenLifeS } = this.config;
    const isOpenId = grant.scopes.includes('openid') && exchange.hinted(HINT.idTokenMissing) === undefined;
    const isOffline = grant.isOffline && exchange.hinted(HINT.refreshNotIssued) === undefined;
    return {
      access_token: this.accessToken(order),
      ...(isOffline ? { refresh_token: await this.refreshToken(grant) } : {}),
      ...(isOpenId ? { id_token: this.idToken(order) } : {}),
      state: exchange.hinted(HINT.stateMismatch) === undefined ? state : this.ids.uuid(),
      token_type: 'Bearer',
      expires_in: exchange.hinted(HINT.expiresInString) === undefined ? tokenLifeS : String(tokenLifeS),
    };
  }

  private accessToken(order: TokenOrder): string {
    const frame = this.frame(order, this.config.tokenLifeS);
    return this.signed(tokenHeader('access', frame.algorithm), accessTokenClaims(order.grant, frame), order.exchange);
  }

  private idToken(order: TokenOrder): string {
    const { grant, exchange } = order;
    const frame = this.frame(order, this.config.idTokenLifeS);
    const oid = exchange.hinted(HINT.oidMismatch) === undefined ? frame.oid : frame.oid + 1;
    const claims = idTokenClaims({ ...grant, isTrusted: grant.isTrusted && isTrusted(exchange) }, { ...frame, oid });
    return this.signed(tokenHeader('id', frame.algorithm), claims, exchange);
  }

  private frame({ grant, client, exchange }: TokenOrder, lifeS: number): TokenFrame {
    const chosen = client.tokenAlg ?? this.config.tokenAlgorithm;
    return {
      issuer: issuerOf(this.config, exchange),
      algorithm: exchange.hinted(HINT.algSwitched) === undefined ? chosen : OTHER[chosen],
      oid: this.people.oidOf(grant.personIndex),
      nowMs: nowOf(exchange, this.clock),
      lifeS,
    };
  }

  private signed(header: { alg: TokenAlgorithm }, claims: object, exchange: Exchange): string {
    const token = encodeJwt(header, claims, this.keys.of(header.alg), this.config.isSlashEscaped);
    return exchange.hinted(HINT.badTokenSignature) === undefined ? token : withBrokenSignature(token);
  }

  private async refreshToken(grant: Grant): Promise<string> {
    const token = this.ids.uuid();
    await this.refreshTokens.issue(token, grant, this.clock.nowMs() + this.config.refreshLifeS * 1000);
    return token;
  }
}

/** The same token with every bit of its first signature byte turned. */
function withBrokenSignature(token: string): string {
  const at = token.lastIndexOf('.') + 1;
  const signature = Buffer.from(token.slice(at), 'base64url');
  signature[0] = signature[0]! ^ 0xff;
  return token.slice(0, at) + signature.toString('base64url');
}
