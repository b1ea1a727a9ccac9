import { Injectable } from '@nestjs/common';
import { Journal } from '@poligon/emulator-kit';
import type { CodeGrant } from '../../domain/grant.js';
import { HINT } from '../../faults/fault-hints.js';
import { CodeStore } from '../../state/code.store.js';
import { RefreshTokenStore } from '../../state/refresh-token.store.js';
import type { CallStep } from '../calls/signed-call.js';
import { oauthError } from '../errors.js';
import { codeKey } from '../login/code-issuer.js';
import { PersonDirectory } from '../person-directory.js';
import { Revocations } from '../revocations.js';
import type { TokenCall } from './token-call.js';

/** The code or refresh token is fresh and belongs to this client and redirect_uri (007011). The journal tells which rule broke. */
@Injectable()
export class GrantKnownStep implements CallStep<TokenCall> {
  readonly name = 'grant-known';

  constructor(
    private readonly codes: CodeStore,
    private readonly refreshTokens: RefreshTokenStore,
    private readonly journal: Journal,
    private readonly revocations: Revocations,
    private readonly people: PersonDirectory,
  ) {}

  async check(call: TokenCall): Promise<void> {
    if (call.grantType === 'client_credentials') return;
    const problem = call.grantType === 'refresh_token' ? await this.refresh(call) : await this.code(call);
    if (problem === undefined) return;
    this.journal.note('esia.grant', problem, {
      operation: call.exchange.operation,
      clientId: call.client!.mnemonic,
      state: call.parameters.get('state'),
    });
    throw oauthError('ESIA-007011');
  }

  private async code(call: TokenCall): Promise<string | undefined> {
    const found = await this.codes.find(codeKey(call.parameters.get('code')!));
    if (found.state !== 'fresh') return `code ${found.state}`;
    const problem = bindingProblem(found.grant, call);
    if (problem === undefined) [call.grant, call.codeChallenge] = [found.grant, found.grant.codeChallenge];
    return problem;
  }

  private async refresh(call: TokenCall): Promise<string | undefined> {
    const grant = await this.refreshTokens.find(call.parameters.get('refresh_token')!);
    if (grant === undefined) return 'refresh token unknown, used or expired';
    if (grant.clientId !== call.client!.mnemonic) return `refresh token issued to ${grant.clientId}`;
    if (call.exchange.hinted(HINT.consentRevoked) !== undefined) return 'consent taken back by a rule';
    const oid = this.people.oidOf(grant.personIndex);
    const revoked = await this.revocations.ofGrant({ ...grant, oid }, grant.grantedAtMs);
    if (revoked !== undefined) return `refresh token revoked: ${revoked}`;
    call.grant = grant;
    return undefined;
  }
}

function bindingProblem(grant: CodeGrant, { client, redirectUri }: TokenCall): string | undefined {
  if (grant.clientId !== client!.mnemonic) return `code issued to ${grant.clientId}`;
  return grant.redirectUri === redirectUri ? undefined : `code issued for redirect_uri ${grant.redirectUri}`;
}
