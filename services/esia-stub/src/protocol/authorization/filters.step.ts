import { Injectable } from '@nestjs/common';
import { OBJECT_TYPES, ROLES } from '../../domain/account-filter.js';
import type { CallStep, SignedCall } from '../calls/signed-call.js';
import { oauthError } from '../errors.js';

/** `roles` and `obj_type` name roles and kinds of organisation that exist (007060, 007061). */
@Injectable()
export class FiltersStep implements CallStep<SignedCall> {
  readonly name = 'filters';

  check({ parameters }: SignedCall): void {
    if (!hasOnly(parameters.get('roles'), ROLES)) throw oauthError('ESIA-007060');
    if (!hasOnly(parameters.get('obj_type'), OBJECT_TYPES)) throw oauthError('ESIA-007061');
  }
}

const hasOnly = (list: string | undefined, known: readonly string[]): boolean =>
  (list ?? '').split(' ').every((name) => name === '' || known.includes(name));
