import { Injectable } from '@nestjs/common';
import type { SignedForm } from '../../domain/signed-string.js';
import type { CallStep } from '../calls/signed-call.js';
import { oauthError } from '../errors.js';
import type { GrantType, TokenCall } from './token-call.js';

/** Strings a client may sign, by grant; both refresh forms are in use. */
const FORMS: Readonly<Record<GrantType, readonly SignedForm[]>> = {
  authorization_code: ['v3 authorization_code'],
  refresh_token: ['v3 refresh_token with redirect_uri', 'v3 refresh_token with the token'],
  client_credentials: ['v3 client_credentials'],
};

const isGrantType = (text: string): text is GrantType => Object.hasOwn(FORMS, text);

/** `grant_type` is one this endpoint answers (007012); decides what must have been signed. */
@Injectable()
export class GrantTypeStep implements CallStep<TokenCall> {
  readonly name = 'grant-type';

  check(call: TokenCall): void {
    const sent = call.parameters.get('grant_type')!;
    if (!isGrantType(sent)) throw oauthError('ESIA-007012');
    call.grantType = sent;
    if (call.generation === 'v1') call.signedForms = ['v1'];
    else call.signedForms = call.parameters.has('redirect_uri') ? FORMS[sent] : FORMS[sent].toReversed();
  }
}
