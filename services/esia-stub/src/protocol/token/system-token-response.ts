import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, type Exchange } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { Client } from '../../domain/client.js';
import { shortestExpireMin } from '../../domain/permission.js';
import { systemScopeClaim, type SystemScopes } from '../../domain/system-grant.js';
import { systemTokenClaims, tokenHeader } from '../../domain/token-claims.js';
import { HINT } from '../../faults/fault-hints.js';
import { PermissionStore } from '../../state/permission.store.js';
import { permissionsClaim } from './permissions-claim.js';
import { SystemRights } from './system-rights.js';
import { TokenSigner } from './token-signer.js';

/** What a client asks on its own behalf. */
export interface SystemTokenOrder {
  readonly client: Client;
  readonly scopes: SystemScopes;
  /** State of the token request. */
  readonly state: string;
  readonly exchange: Exchange;
}

/** Makes the answer of `te` to client_credentials: an access token and nothing else. */
@Injectable()
export class SystemTokenResponse {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly signer: TokenSigner,
    private readonly rights: SystemRights,
    private readonly permissions: PermissionStore,
  ) {}

  async make({ client, scopes, state, exchange }: SystemTokenOrder): Promise<object> {
    const { tokenLifeS } = this.config;
    const permissions = await this.renewed(client.mnemonic, scopes);
    const frame = { ...this.signer.frame(client, exchange, tokenLifeS), permissions };
    const claims = systemTokenClaims({ clientId: client.mnemonic, scope: systemScopeClaim(scopes) }, frame);
    return {
      access_token: this.signer.sign(tokenHeader('access', frame.algorithm), claims, exchange),
      state: exchange.hinted(HINT.stateMismatch) === undefined ? state : this.ids.uuid(),
      token_type: 'Bearer',
      expires_in: exchange.hinted(HINT.expiresInString) === undefined ? tokenLifeS : String(tokenLifeS),
    };
  }

  /** `prm_chg?oid=` prolongs the person's consent by its own term; gives the claim of the renewed one. */
  private async renewed(clientId: string, { personScopes }: SystemScopes): Promise<string | undefined> {
    const asked = personScopes.find(({ name }) => name === 'prm_chg');
    const given = asked && (await this.rights.consentOf(clientId, asked.oid));
    if (given === undefined) return undefined;
    const expiresAtMs = this.clock.nowMs() + shortestExpireMin(given.permissions) * 60_000;
    const renewed = { ...given, expiresAtMs };
    await this.permissions.give(renewed);
    return permissionsClaim(renewed);
  }
}
