import { Injectable } from '@nestjs/common';
import { readSystemScopes } from '../../domain/system-grant.js';
import type { CallStep } from '../calls/signed-call.js';
import { oauthError } from '../errors.js';
import { SystemRights } from './system-rights.js';
import type { TokenCall } from './token-call.js';

/**
 * With client_credentials every scope names an organisation or a person (007006); an organisation is one whose employee gave
 * the client `usr_org` (007194), a consent to update is one that was given (007019).
 */
@Injectable()
export class SystemScopeStep implements CallStep<TokenCall> {
  readonly name = 'system-scope';

  constructor(private readonly rights: SystemRights) {}

  async check(call: TokenCall): Promise<void> {
    if (call.grantType !== 'client_credentials') return;
    const scopes = readSystemScopes(call.parameters.get('scope') ?? '');
    if (scopes === undefined) throw oauthError('ESIA-007006');
    await this.rights.check(call.client!.mnemonic, scopes);
    call.systemScopes = scopes;
  }
}
