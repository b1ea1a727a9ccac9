import { Injectable } from '@nestjs/common';
import { ProtocolError, type Exchange } from '@poligon/emulator-kit';
import type { AuthorizationRequest } from '../../domain/grant.js';
import { isRedirectAllowed } from '../../domain/redirect-match.js';
import { ClientStore } from '../../state/client.store.js';
import { runSteps, type SignedCall } from '../calls/signed-call.js';
import type { Parameters } from '../parameters.codec.js';
import { AuthorizationSteps } from './authorization-steps.js';

/** Parameters of `ac`; a repeated one is an error, others are ignored. */
const FIELDS = [
  'client_id',
  'client_secret',
  'client_certificate_hash',
  'redirect_uri',
  'scope',
  'scope_org',
  'response_type',
  'state',
  'timestamp',
  'access_type',
  'display',
  'person_filter',
  'permissions',
  'code_challenge',
  'code_challenge_method',
];

/** Validates authorization requests. */
@Injectable()
export class AuthorizationService {
  constructor(
    private readonly steps: AuthorizationSteps,
    private readonly clients: ClientStore,
  ) {}

  /** @throws ProtocolError with `returnTo` and `state` in its detail: the form of the error depends on them */
  async validate(parameters: Parameters, exchange: Exchange): Promise<AuthorizationRequest> {
    const call: SignedCall = {
      exchange,
      parameters,
      fields: FIELDS,
      signedForms: ['v2 authorization'],
      scopes: [],
    };
    try {
      await runSteps(this.steps.all, call);
    } catch (failure) {
      if (!(failure instanceof ProtocolError)) throw failure;
      throw new ProtocolError(failure.code, { ...failure.detail, ...(await this.returnDetail(call)) });
    }
    return requestOf(call);
  }

  /** The user goes back only to an address registered for a known client, whichever step refused. */
  private async returnDetail({ parameters, redirectUri }: SignedCall): Promise<object> {
    const address = redirectUri ?? parameters.get('redirect_uri') ?? '';
    const client = await this.clients.find(parameters.get('client_id') ?? '');
    const isGood = client !== undefined && isRedirectAllowed(address, client.redirectUris);
    return { returnTo: isGood ? address : null, state: parameters.get('state') };
  }
}

function requestOf({ parameters, client, redirectUri, scopes }: SignedCall): AuthorizationRequest {
  return {
    clientId: client!.mnemonic,
    redirectUri: redirectUri!,
    scopes,
    state: parameters.get('state')!,
    isOffline: parameters.get('access_type') === 'offline' && client!.isOfflineAllowed,
    personFilter: parameters.get('person_filter'),
    codeChallenge: parameters.has('code_challenge') ? parameters.get('code_challenge') : undefined,
  };
}
