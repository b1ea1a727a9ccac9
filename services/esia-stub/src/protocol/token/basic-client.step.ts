import { Injectable } from '@nestjs/common';
import type { CallStep } from '../calls/signed-call.js';
import { oauthError } from '../errors.js';
import type { TokenCall } from './token-call.js';

/** A Basic header, when one comes, can be read and names the client of the form (008010). */
@Injectable()
export class BasicClientStep implements CallStep<TokenCall> {
  readonly name = 'basic-client';

  check({ parameters, basic }: TokenCall): void {
    if (basic === undefined) return;
    const { client_id: named } = basic;
    if (named === undefined || named !== parameters.get('client_id')) throw oauthError('ESIA-008010');
  }
}
