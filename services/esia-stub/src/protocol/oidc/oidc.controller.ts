import { createPublicKey } from 'node:crypto';
import { Controller, Get, Inject, Req } from '@nestjs/common';
import { CONFIG, CurrentExchange, Exchange, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import type { EsiaConfig } from '../../config.js';
import { userinfo } from '../../domain/oidc-claims.js';
import { PROMPTS } from '../../domain/prompt.js';
import { PERSON_SCOPES } from '../../domain/scope.js';
import { issuerOf } from '../esia-issuer.js';
import { PublicBase } from '../public-base.js';
import { Access } from '../rest/access.js';
import { TokenKeys } from '../token-keys.js';

/** What OpenID Connect libraries look for and the real system lacks; every path answers 404 unless the extension is on. */
@Controller()
export class OidcController {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly base: PublicBase,
    private readonly keys: TokenKeys,
    private readonly access: Access,
  ) {}

  @Get('.well-known/openid-configuration')
  @Operation('esia.oidc.configuration', { about: 'discovery document (extension)' })
  configuration(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): WireReply {
    this.mustBeOn();
    const base = this.base.of(request);
    return WireReply.json({
      issuer: issuerOf(this.config, exchange),
      authorization_endpoint: `${base}/aas/oauth2/v2/ac`,
      token_endpoint: `${base}/aas/oauth2/v3/te`,
      userinfo_endpoint: `${base}/oidc/userinfo`,
      jwks_uri: `${base}/oidc/jwks`,
      end_session_endpoint: `${base}/idp/ext/Logout`,
      scopes_supported: PERSON_SCOPES,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      prompt_values_supported: PROMPTS,
    });
  }

  @Get('oidc/jwks')
  @Operation('esia.oidc.jwks', { about: 'RSA key of tokens (extension)' })
  jwks(): WireReply {
    this.mustBeOn();
    const { keyPair } = this.keys.of('RS256');
    const jwk = createPublicKey({ key: keyPair.spki, format: 'der', type: 'spki' }).export({ format: 'jwk' });
    return WireReply.json({ keys: [{ ...jwk, use: 'sig', alg: 'RS256' }] });
  }

  @Get('oidc/userinfo')
  @Operation('esia.oidc.userinfo', { about: 'claims of the person (extension)' })
  async userinfo(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    this.mustBeOn();
    const { oid, account, scopes } = await this.access.bearer(request, exchange);
    return WireReply.json(userinfo(oid, account.person, scopes));
  }

  private mustBeOn(): void {
    if (!this.config.isOidcEnabled) throw new ProtocolError('not-found');
  }
}
