import { Injectable } from '@nestjs/common';
import { ProtocolError, type Exchange } from '@poligon/emulator-kit';
import type { Generation } from '../../domain/client.js';
import type { AuthorizationRequest } from '../../domain/grant.js';
import { readPrompt } from '../../domain/prompt.js';
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
  'obj_type',
  'roles',
  'permissions',
  'code_challenge',
  'code_challenge_method',
  'prompt',
  'nonce',
];

/** Validates authorization requests. */
@Injectable()
export class AuthorizationService {
  constructor(
    private readonly steps: AuthorizationSteps,
    private readonly clients: ClientStore,
  ) {}

  /** @throws ProtocolError with `returnTo` and `state` in its detail: the form of the error depends on them */
  async validate(parameters: Parameters, exchange: Exchange, generation: Generation): Promise<AuthorizationRequest> {
    const call: SignedCall = {
      exchange,
      generation,
      parameters,
      fields: FIELDS,
      signedForms: [generation === 'v1' ? 'v1' : 'v2 authorization'],
      scopes: [],
      orgScopes: [],
    };
    try {
      await runSteps(this.steps.all[generation], call);
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

function requestOf({
  parameters,
  client,
  redirectUri,
  scopes,
  orgScopes,
  permissions,
}: SignedCall): AuthorizationRequest {
  return {
    clientId: client!.mnemonic,
    redirectUri: redirectUri!,
    scopes,
    orgScopes,
    permissions: permissions ?? [],
    state: parameters.get('state')!,
    isOffline: parameters.get('access_type') === 'offline' && client!.isOfflineAllowed,
    filter: {
      personFilter: parameters.get('person_filter'),
      objectTypes: wordsOf(parameters.get('obj_type')),
      roles: wordsOf(parameters.get('roles')),
    },
    prompts: readPrompt(parameters.get('prompt')) ?? [],
    nonce: parameters.get('nonce'),
    codeChallenge: parameters.has('code_challenge') ? parameters.get('code_challenge') : undefined,
  };
}

const wordsOf = (list: string | undefined): readonly string[] => (list ?? '').split(' ').filter((word) => word !== '');
