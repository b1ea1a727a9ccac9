/** Why a call cannot be served; every protocol has an error entry of the same name (errors section of the CA contract). */
export type RefusalCode =
  | 'bad_request'
  | 'unauthorized'
  | 'not_found'
  | 'wrong_state'
  | 'overloaded'
  | 'phone_required'
  | 'phone_not_mobile'
  | 'invalid_code'
  | 'code_expired'
  | 'too_many_attempts'
  | 'resend_too_early';

/** A refusal with a text the caller may read; protocol adapters turn it into their own error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: RefusalCode,
    message: string,
    /** Only for `resend_too_early`. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}
