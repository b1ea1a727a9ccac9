import { Injectable } from '@nestjs/common';
import type { CallStep } from '../calls/signed-call.js';
import { oauthError } from '../errors.js';
import type { TokenCall } from './token-call.js';

const ALWAYS = ['client_id', 'client_secret', 'grant_type'];

/** Fields of `POST /aas/oauth2/v3/te` by grant, in the order they are looked for; a missing scope has its own code. */
const BY_GRANT: Readonly<Record<string, readonly string[]>> = {
  authorization_code: ['code', 'redirect_uri', 'client_certificate_hash', 'state', 'timestamp', 'token_type'],
  // One form in use carries neither redirect_uri nor client_certificate_hash nor token_type (2.7, form B).
  refresh_token: ['refresh_token', 'state', 'timestamp'],
};

/** Every mandatory field is there and not empty (007014). */
@Injectable()
export class MandatoryFieldsStep implements CallStep<TokenCall> {
  readonly name = 'mandatory-fields';

  check({ parameters }: TokenCall): void {
    const fields = [...ALWAYS, ...(BY_GRANT[parameters.get('grant_type') ?? ''] ?? [])];
    const parameter = fields.find((name) => !parameters.has(name));
    if (parameter !== undefined) throw oauthError('ESIA-007014', { parameter });
  }
}
