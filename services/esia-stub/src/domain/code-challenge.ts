import { streebog256 } from '@poligon/pki';

/** `code_challenge` of a verifier with method GOST3411: base64url without padding of Streebog-256 over its UTF-8 bytes. */
export function codeChallengeOf(verifier: string): string {
  return streebog256(Buffer.from(verifier)).toString('base64url');
}
