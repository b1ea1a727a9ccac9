import { Injectable } from '@nestjs/common';
import { isKnownScope, parseScope } from '../../domain/scope.js';
import { oauthError } from '../errors.js';
import type { CallStep, SignedCall } from './signed-call.js';

/** There is a scope (007013) and every name in it exists (007006). */
@Injectable()
export class ScopeKnownStep implements CallStep<SignedCall> {
  readonly name = 'scope-known';

  check(call: SignedCall): void {
    call.scopes = parseScope(call.parameters.get('scope') ?? '');
    if (call.scopes.length === 0) throw oauthError('ESIA-007013');
    if (!call.scopes.every(isKnownScope)) throw oauthError('ESIA-007006');
  }
}
