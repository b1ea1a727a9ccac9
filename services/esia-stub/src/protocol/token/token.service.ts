import { Injectable } from '@nestjs/common';
import { WireReply, type Exchange } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import type { Generation } from '../../domain/client.js';
import type { Grant } from '../../domain/grant.js';
import { CodeStore } from '../../state/code.store.js';
import { RefreshTokenStore } from '../../state/refresh-token.store.js';
import { runSteps } from '../calls/signed-call.js';
import { oauthError } from '../errors.js';
import { codeKey } from '../login/code-issuer.js';
import { formOf } from '../parameters.codec.js';
import { basicFields } from './basic-header.codec.js';
import { SystemTokenResponse } from './system-token-response.js';
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

/** Names the operation by what is asked for: rules can strike refresh and system calls apart. */
export const grantOperation =
  (operation: string) =>
  ({ body }: FastifyRequest): string | undefined => {
    const grantType = formOf(body).get('grant_type');
    if (grantType === 'refresh_token') return `${operation}.refresh`;
    return grantType === 'client_credentials' ? `${operation}.system` : undefined;
  };

/** Answers token requests. */
@Injectable()
export class TokenService {
  constructor(
    private readonly steps: TokenSteps,
    private readonly codes: CodeStore,
    private readonly refreshTokens: RefreshTokenStore,
    private readonly response: TokenResponse,
    private readonly systemResponse: SystemTokenResponse,
  ) {}

  /** @throws ProtocolError of the first rule the request breaks */
  async reply({ body, headers }: FastifyRequest, exchange: Exchange, generation: Generation): Promise<WireReply> {
    const basic = headers.authorization === undefined ? undefined : basicFields(headers.authorization);
    const parameters = formOf(body).filledWith(basic ?? {});
    const call = {
      exchange,
      generation,
      parameters,
      basic,
      fields: FIELDS,
      signedForms: [],
      scopes: [],
      orgScopes: [],
    };
    const answer = await this.answer(call);
    const type = { 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'no-store' };
    return new WireReply(200, type, JSON.stringify(answer));
  }

  private async answer(call: TokenCall): Promise<object> {
    await runSteps(this.steps.all[call.generation], call);
    const { exchange, parameters } = call;
    const order = { client: call.client!, state: parameters.get('state')!, exchange };
    if (call.systemScopes !== undefined) return this.systemResponse.make({ ...order, scopes: call.systemScopes });
    return this.response.make({ ...order, grant: await this.redeemed(call) });
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
