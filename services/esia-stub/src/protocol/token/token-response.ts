import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, type Exchange } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { Client } from '../../domain/client.js';
import type { Grant } from '../../domain/grant.js';
import { oidcIdClaims } from '../../domain/oidc-claims.js';
import { accessTokenClaims, idTokenClaims, tokenHeader } from '../../domain/token-claims.js';
import { HINT } from '../../faults/fault-hints.js';
import { PermissionStore } from '../../state/permission.store.js';
import { RefreshTokenStore } from '../../state/refresh-token.store.js';
import { Accounts } from '../accounts.js';
import { PersonDirectory } from '../person-directory.js';
import { permissionsClaim } from './permissions-claim.js';
import { TokenSigner } from './token-signer.js';

/** Whom tokens are made for, and why. */
export interface TokenOrder {
  readonly grant: Grant;
  readonly client: Client;
  /** State of the token request. */
  readonly state: string;
  readonly exchange: Exchange;
}

/** Makes the answer of `te`. */
@Injectable()
export class TokenResponse {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly signer: TokenSigner,
    private readonly people: PersonDirectory,
    private readonly accounts: Accounts,
    private readonly permissions: PermissionStore,
    private readonly refreshTokens: RefreshTokenStore,
  ) {}

  /** Fields in the order the real system writes them; refresh_token only for offline access, id_token only with openid. */
  async make(order: TokenOrder): Promise<object> {
    const { exchange, state, grant } = order;
    const { tokenLifeS } = this.config;
    const isOpenId = grant.scopes.includes('openid') && exchange.hinted(HINT.idTokenMissing) === undefined;
    const isOffline = grant.isOffline && exchange.hinted(HINT.refreshNotIssued) === undefined;
    return {
      access_token: await this.accessToken(order),
      ...(isOffline ? { refresh_token: await this.refreshToken(grant) } : {}),
      ...(isOpenId ? { id_token: await this.idToken(order) } : {}),
      state: exchange.hinted(HINT.stateMismatch) === undefined ? state : this.ids.uuid(),
      token_type: 'Bearer',
      expires_in: exchange.hinted(HINT.expiresInString) === undefined ? tokenLifeS : String(tokenLifeS),
    };
  }

  private async accessToken({ grant, client, exchange }: TokenOrder): Promise<string> {
    const { personIndex, clientId, hasPermissions } = grant;
    const given = hasPermissions ? await this.permissions.find(personIndex, clientId) : undefined;
    const frame = {
      ...this.signer.frame(client, exchange, this.config.tokenLifeS),
      oid: this.people.oidOf(personIndex),
      permissions: given && permissionsClaim(given),
    };
    return this.signer.sign(tokenHeader('access', frame.algorithm), accessTokenClaims(grant, frame), exchange);
  }

  private async idToken({ grant, client, exchange }: TokenOrder): Promise<string> {
    const frame = this.signer.frame(client, exchange, this.config.idTokenLifeS);
    const ownOid = this.people.oidOf(grant.personIndex);
    const oid = exchange.hinted(HINT.oidMismatch) === undefined ? ownOid : ownOid + 1;
    const { isTrusted } = await this.accounts.of(grant.personIndex, exchange);
    const own = idTokenClaims({ ...grant, isTrusted: grant.isTrusted && isTrusted }, { ...frame, oid });
    const claims = this.config.isOidcEnabled ? { ...own, ...oidcIdClaims(oid, grant.nonce) } : own;
    return this.signer.sign(tokenHeader('id', frame.algorithm), claims, exchange);
  }

  private async refreshToken(grant: Grant): Promise<string> {
    const token = this.ids.uuid();
    await this.refreshTokens.issue(token, grant, this.clock.nowMs() + this.config.refreshLifeS * 1000);
    return token;
  }
}
