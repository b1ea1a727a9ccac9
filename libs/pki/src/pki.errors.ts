/**
 * What went wrong, as a closed list:
 * - `malformed`: the bytes are not the structure they should be;
 * - `limit-exceeded`: the bytes are larger or deeper than this library reads;
 * - `unsupported-algorithm`: well-formed, but a key, curve, digest or signature this library does not know;
 * - `invalid-key`: a private or public key that cannot be used (point off the curve, scalar out of range);
 * - `invalid-argument`: the caller passed a value that cannot be encoded;
 * - `backend-unavailable`: the requested backend is not installed on this machine.
 */
export type PkiErrorCode =
  'malformed' | 'limit-exceeded' | 'unsupported-algorithm' | 'invalid-key' | 'invalid-argument' | 'backend-unavailable';

/** The only error this library throws on purpose, whatever bytes it was given. */
export class PkiError extends Error {
  override readonly name = 'PkiError';

  constructor(
    readonly code: PkiErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
