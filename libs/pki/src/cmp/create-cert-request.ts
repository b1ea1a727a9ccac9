import { bitString, context, integer, sequence, tlv } from '../der/der-writer.js';
import { readDer } from '../der/der-reader.js';
import type { KeyPair } from '../suites/signature-suite.js';
import { encodeName } from '../x509/names.js';
import type { SubjectAttribute } from '../x509/names.js';

/** CertReqMessages with one request, proved by the key it is for (RFC 4211 4.1): the body of ir, cr or kur. DER. */
export function createCertRequest(keyPair: KeyPair, subject: readonly SubjectAttribute[], id = 0): Buffer {
  const key = tlv(0xa6, readDer(keyPair.spki).content);
  const request = sequence(integer(id), sequence(context(5, encodeName(subject)), key));
  const proof = context(1, keyPair.owner.signatureAlgorithm, bitString(keyPair.sign(request)));
  return sequence(sequence(request, proof));
}
