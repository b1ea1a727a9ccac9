import { OID, PkiError, verifySignature } from '@poligon/pki';
import type { ClientCertificate } from './client-certificate.js';

/** Length of a raw GOST R 34.10-2012 signature with a 256-bit key: s then r. */
export const GOST_SIGNATURE_BYTES = 64;

const ALGORITHM_OIDS = { gost2012_256: OID.gost2012Signature256, rsa: OID.sha256WithRsa };

/** Whether `signature` is the raw signature of the UTF-8 text by the certificate's key. Never throws. */
export function isSignatureOf(
  { spki, algorithm }: Pick<ClientCertificate, 'spki' | 'algorithm'>,
  text: string,
  signature: Buffer,
): boolean {
  if (algorithm === 'gost2012_256' && signature.length !== GOST_SIGNATURE_BYTES) return false;
  try {
    return verifySignature({ algorithm: ALGORITHM_OIDS[algorithm], spki, data: Buffer.from(text), signature });
  } catch (failure) {
    if (failure instanceof PkiError) return false;
    throw failure;
  }
}
