import { Injectable } from '@nestjs/common';
import type { CallStep, SignedCall } from '../calls/signed-call.js';
import { oauthError } from '../errors.js';

/** Mandatory parameters of `GET /aas/oauth2/v2/ac` in the order they are looked for; a missing scope has its own code. */
const MANDATORY = [
  'client_id',
  'redirect_uri',
  'response_type',
  'state',
  'timestamp',
  'client_certificate_hash',
  'client_secret',
];

/** Every mandatory parameter is there and not empty (007014). */
@Injectable()
export class MandatoryParametersStep implements CallStep<SignedCall> {
  readonly name = 'mandatory-parameters';

  check({ parameters }: SignedCall): void {
    const parameter = MANDATORY.find((name) => !parameters.has(name));
    if (parameter !== undefined) throw oauthError('ESIA-007014', { parameter });
  }
}
