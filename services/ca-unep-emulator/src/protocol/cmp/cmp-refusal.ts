import { PkiError, type CmpFailure } from '@poligon/pki';
import { Refusal, type RefusalCode } from '../../domain/refusal.js';

/** Why a CMP request is refused, with the PKIFailureInfo bit that says so (RFC 4210 5.2.3). */
export class CmpRefusal extends Error {
  override readonly name = 'CmpRefusal';

  constructor(
    readonly failure: CmpFailure,
    message: string,
  ) {
    super(message);
  }
}

const BY_REFUSAL: Readonly<Partial<Record<RefusalCode, CmpFailure>>> = {
  not_found: 'badCertId',
  wrong_state: 'certRevoked',
  overloaded: 'systemUnavail',
};

const BY_PKI_ERROR: Readonly<Partial<Record<string, CmpFailure>>> = {
  'unsupported-algorithm': 'badAlg',
  'invalid-key': 'badCertTemplate',
  'invalid-argument': 'badCertTemplate',
};

/** Any refusal in the terms of CMP; undefined for a failure that is nobody's fault but ours. */
export function asCmpRefusal(failure: unknown): CmpRefusal | undefined {
  if (failure instanceof CmpRefusal) return failure;
  if (failure instanceof Refusal) return new CmpRefusal(BY_REFUSAL[failure.code] ?? 'badRequest', failure.message);
  if (failure instanceof PkiError)
    return new CmpRefusal(BY_PKI_ERROR[failure.code] ?? 'badDataFormat', failure.message);
  return undefined;
}
