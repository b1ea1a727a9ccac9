import { Injectable } from '@nestjs/common';
import { isKnownScope, readScopes } from '../../domain/scope.js';
import { oauthError } from '../errors.js';
import type { CallStep, SignedCall } from './signed-call.js';

/** There is a scope (007013) and every name in it exists (007006). */
@Injectable()
export class ScopeKnownStep implements CallStep<SignedCall> {
  readonly name = 'scope-known';

  check(call: SignedCall): void {
    const { scopes, orgScopes } = readScopes(
      call.parameters.get('scope') ?? '',
      call.parameters.get('scope_org') ?? '',
    );
    if (!call.parameters.has('scope') || scopes.length + orgScopes.length === 0) throw oauthError('ESIA-007013');
    [call.scopes, call.orgScopes] = [scopes, orgScopes];
    if (!call.scopes.every(isKnownScope)) throw oauthError('ESIA-007006');
  }
}
