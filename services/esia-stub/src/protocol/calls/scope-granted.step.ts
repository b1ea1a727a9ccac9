import { Injectable } from '@nestjs/common';
import { oauthError } from '../errors.js';
import type { CallStep, SignedCall } from './signed-call.js';

/** The client was granted every scope it asks for (007019). */
@Injectable()
export class ScopeGrantedStep implements CallStep<SignedCall> {
  readonly name = 'scope-granted';

  check({ scopes, orgScopes, client }: SignedCall): void {
    const granted = client!.scopes;
    const asked = [...scopes, ...orgScopes.map(({ name }) => name)];
    if (granted !== undefined && !asked.every((scope) => granted.includes(scope))) throw oauthError('ESIA-007019');
  }
}
