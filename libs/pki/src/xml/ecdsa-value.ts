import { readDer } from '../der/der-reader.js';
import { integer, sequence, TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';

const HALF_BYTES = 32;

/** r||s of a P-256 signature, as XML and JOSE write it. @throws PkiError `malformed` */
export function rawFromDer(signature: Buffer): Buffer {
  const halves = readDer(signature)
    .children(TAG.sequence)
    .map((half) => half.unsigned());
  if (halves.length !== 2 || halves.some(({ length }) => length > HALF_BYTES)) {
    throw new PkiError('malformed', 'not a P-256 signature');
  }
  return Buffer.concat(halves.map((half) => Buffer.concat([Buffer.alloc(HALF_BYTES - half.length), half])));
}

/** Ecdsa-Sig-Value of r||s. @throws PkiError `malformed` */
export function derFromRaw(signature: Buffer): Buffer {
  if (signature.length !== 2 * HALF_BYTES) throw new PkiError('malformed', 'not a P-256 signature');
  return sequence(integer(signature.subarray(0, HALF_BYTES)), integer(signature.subarray(HALF_BYTES)));
}
