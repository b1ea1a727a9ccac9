import { Injectable } from '@nestjs/common';
import { codeChallengeOf } from '../../domain/code-challenge.js';
import type { CallStep } from '../calls/signed-call.js';
import { oauthError } from '../errors.js';
import type { TokenCall } from './token-call.js';

/** PKCE with Streebog: `code_verifier` fits the challenge (007040) and is not sent without one (007039). */
@Injectable()
export class CodeVerifierStep implements CallStep<TokenCall> {
  readonly name = 'code-verifier';

  check({ parameters, grantType, codeChallenge }: TokenCall): void {
    if (grantType !== 'authorization_code') return;
    const verifier = parameters.get('code_verifier') ?? '';
    if (codeChallenge === undefined && verifier !== '') throw oauthError('ESIA-007039');
    if (codeChallenge !== undefined && codeChallengeOf(verifier) !== codeChallenge) throw oauthError('ESIA-007040');
  }
}
