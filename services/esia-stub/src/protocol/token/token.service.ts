import { Injectable } from '@nestjs/common';
import type { Exchange } from '@poligon/emulator-kit';
import type { Grant } from '../../domain/grant.js';
import { CodeStore } from '../../state/code.store.js';
import { RefreshTokenStore } from '../../state/refresh-token.store.js';
import { runSteps } from '../calls/signed-call.js';
import { oauthError } from '../errors.js';
import { codeKey } from '../login/code-issuer.js';
import type { Parameters } from '../parameters.codec.js';
import type { TokenCall } from './token-call.js';
import { TokenResponse } from './token-response.js';
import { TokenSteps } from './token-steps.js';

/** Fields of `te`; a repeated one is an error, others are ignored. */
const FIELDS = [
  'client_id',
  'client_secret',
  'client_certificate_hash',
  'code',
  'code_verifier',
  'grant_type',
  'redirect_uri',
  'refresh_token',
  'scope',
  'scope_org',
  'state',
  'timestamp',
  'token_type',
];

/** Answers token requests. */
@Injectable()
export class TokenService {
  constructor(
    private readonly steps: TokenSteps,
    private readonly codes: CodeStore,
    private readonly refreshTokens: RefreshTokenStore,
    private readonly response: TokenResponse,
  ) {}

  /** @throws ProtocolError of the first rule the request breaks */
  async answer(parameters: Parameters, exchange: Exchange): Promise<object> {
    const call: TokenCall = { exchange, parameters, fields: FIELDS, signedForms: [], scopes: [] };
    await runSteps(this.steps.all, call);
    const grant = await this.redeemed(call);
    return this.response.make({ grant, client: call.client!, state: parameters.get('state')!, exchange });
  }

  /** Uses the code or refresh token up; of simultaneous requests with the same one a single one gets here. */
  private async redeemed({ parameters, grantType }: TokenCall): Promise<Grant> {
    if (grantType === 'refresh_token') {
      const grant = await this.refreshTokens.redeem(parameters.get('refresh_token')!);
      if (grant !== undefined) return grant;
    } else {
      const found = await this.codes.redeem(codeKey(parameters.get('code')!));
      if (found.state === 'fresh') return found.grant;
    }
    throw oauthError('ESIA-007011');
  }
}
