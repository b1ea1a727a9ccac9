import { Injectable } from '@nestjs/common';
import type { CallStep } from '../calls/signed-call.js';
import { oauthError } from '../errors.js';
import type { TokenCall } from './token-call.js';

const HASH = 'client_certificate_hash';
const ALWAYS = ['client_id', 'client_secret', 'grant_type'];

/** Fields of `te` by grant, in the order they are looked for; generation 1 has no hash, and a missing scope has its own code. */
const BY_GRANT: ReadonlyMap<string, readonly string[]> = new Map([
  ['authorization_code', ['code', 'redirect_uri', HASH, 'state', 'timestamp', 'token_type']],
  // One form in use carries neither redirect_uri nor client_certificate_hash nor token_type (2.7, form B).
  ['refresh_token', ['refresh_token', 'state', 'timestamp']],
  ['client_credentials', ['state', 'timestamp']],
]);

/** Every mandatory field is there and not empty (007014). */
@Injectable()
export class MandatoryFieldsStep implements CallStep<TokenCall> {
  readonly name = 'mandatory-fields';

  check({ parameters, generation }: TokenCall): void {
    const fields = [...ALWAYS, ...(BY_GRANT.get(parameters.get('grant_type') ?? '') ?? [])];
    const parameter = fields.find((name) => !parameters.has(name) && !(generation === 'v1' && name === HASH));
    if (parameter !== undefined) throw oauthError('ESIA-007014', { parameter });
  }
}
