import { createHash } from 'node:crypto';
import { certificateHash, fromPem, parseCertificate, PkiError } from '@poligon/pki';
import type { RequestAlgorithm } from './client.js';

/** A certificate of an information system, with everything request checks need computed once. */
export interface ClientCertificate {
  /** Text as it was registered. */
  readonly pem: string;
  readonly der: Buffer;
  readonly spki: Buffer;
  readonly algorithm: RequestAlgorithm;
  /** Upper-case hex: what `client_certificate_hash` must be. Streebog-256 of the DER; SHA-256 for RSA. */
  readonly hash: string;
  /** Upper-case hex digests clients send by mistake, and both right ones. */
  readonly digests: { readonly gost: string; readonly sha256: string; readonly sha1: string };
  /** CN of the subject, empty when it has none. */
  readonly commonName: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

const COMMON_NAME = '2.5.4.3';

/**
 * Reads a PEM certificate of a client.
 * @throws PkiError `malformed`, `limit-exceeded`, or `unsupported-algorithm` for keys other than GOST 2012-256 and RSA
 */
export function readClientCertificate(pem: string): ClientCertificate {
  const der = fromPem(pem, 'CERTIFICATE');
  const parsed = parseCertificate(der);
  const algorithm = algorithmOf(parsed.suite);
  const gost = certificateHash(der, 'gost').toUpperCase();
  const sha256 = certificateHash(der, 'sha256').toUpperCase();
  return {
    pem,
    der,
    spki: Buffer.from(parsed.spki),
    algorithm,
    hash: algorithm === 'rsa' ? sha256 : gost,
    digests: { gost, sha256, sha1: createHash('sha1').update(der).digest('hex').toUpperCase() },
    commonName: parsed.subject[COMMON_NAME] ?? '',
    notBeforeMs: parsed.notBefore.getTime(),
    notAfterMs: parsed.notAfter.getTime(),
  };
}

function algorithmOf(suite: string | undefined): RequestAlgorithm {
  if (suite === 'gost2012-256') return 'gost2012_256';
  if (suite === 'rsa-2048') return 'rsa';
  throw new PkiError('unsupported-algorithm', 'certificate key must be GOST R 34.10-2012 256 bit or RSA');
}
