import { Injectable } from '@nestjs/common';
import { oauthError } from '../errors.js';
import type { CallStep, SignedCall } from './signed-call.js';

/** Query and body can be decoded, and no parameter comes twice (007038, 007003). */
@Injectable()
export class ReadableParametersStep implements CallStep<SignedCall> {
  readonly name = 'readable-parameters';

  check({ parameters, fields }: SignedCall): void {
    if (!parameters.isReadable) throw oauthError('ESIA-007038');
    if (parameters.repeated.some((name) => fields.includes(name))) throw oauthError('ESIA-007003');
  }
}
