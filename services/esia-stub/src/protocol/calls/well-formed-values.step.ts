import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import { readPrompt } from '../../domain/prompt.js';
import { oauthError } from '../errors.js';
import type { CallStep, SignedCall } from './signed-call.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Longest `nonce` that is kept with a code. */
const MAX_NONCE_CHARS = 500;

/** Values of parameters that allow only a few (007003). */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  person_filter: ['conf_acc', 'acc_kid', 'acc_not_kid'],
  access_type: ['online', 'offline'],
  code_challenge_method: ['GOST3411'],
  token_type: ['Bearer'],
};

/** Parameters with a closed list of values hold one of them; `state` is a UUID when the strict setting asks for it. */
@Injectable()
export class WellFormedValuesStep implements CallStep<SignedCall> {
  readonly name = 'well-formed-values';

  constructor(@Inject(CONFIG) private readonly config: EsiaConfig) {}

  check({ parameters }: SignedCall): void {
    for (const [name, allowed] of Object.entries(ALLOWED)) {
      if (parameters.has(name) && !allowed.includes(parameters.get(name)!)) throw oauthError('ESIA-007003');
    }
    if (readPrompt(parameters.get('prompt')) === undefined) throw oauthError('ESIA-007003');
    if ((parameters.get('nonce') ?? '').length > MAX_NONCE_CHARS) throw oauthError('ESIA-007003');
    if (this.config.isStateUuidRequired && !UUID.test(parameters.get('state') ?? '')) throw oauthError('ESIA-007003');
  }
}
