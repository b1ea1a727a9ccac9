import { Injectable } from '@nestjs/common';
import type { CallStep, SignedCall } from '../calls/signed-call.js';
import { oauthError } from '../errors.js';

/** `response_type` is `code` (007009). */
@Injectable()
export class ResponseTypeStep implements CallStep<SignedCall> {
  readonly name = 'response-type';

  check({ parameters }: SignedCall): void {
    if (parameters.get('response_type') !== 'code') throw oauthError('ESIA-007009');
  }
}
