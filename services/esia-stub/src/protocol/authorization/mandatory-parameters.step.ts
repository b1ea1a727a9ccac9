import { Injectable } from '@nestjs/common';
import type { CallStep, SignedCall } from '../calls/signed-call.js';
import { oauthError } from '../errors.js';

const HASH = 'client_certificate_hash';

/** Mandatory parameters of `ac` in the order they are looked for; generation 1 has no hash, and a missing scope has its own code. */
const MANDATORY = ['client_id', 'redirect_uri', 'response_type', 'state', 'timestamp', HASH, 'client_secret'];

/** Every mandatory parameter is there and not empty (007014). */
@Injectable()
export class MandatoryParametersStep implements CallStep<SignedCall> {
  readonly name = 'mandatory-parameters';

  check({ parameters, generation }: SignedCall): void {
    const names = generation === 'v1' ? MANDATORY.filter((name) => name !== HASH) : MANDATORY;
    const parameter = names.find((name) => !parameters.has(name));
    if (parameter !== undefined) throw oauthError('ESIA-007014', { parameter });
  }
}
