import { attribute, CertificateAuthority, fromPem, pem, signatureSuite, type KeyPair } from '@poligon/pki';
import type { TokenAlgorithm } from './client.js';

/** A key tokens are signed with, and the certificate clients pin. */
export interface TokenKey {
  readonly algorithm: TokenAlgorithm;
  readonly keyPair: KeyPair;
  readonly certificate: Buffer;
  readonly certificatePem: string;
}

const SUITES = { RS256: 'rsa-2048', GOST3410_2012_256: 'gost2012-256' } as const;
const DAY_MS = 86_400_000;
const LIFE_YEARS = 5;

/** Makes a key with a self-signed certificate valid from the day before `nowMs` for five years. */
export function makeTokenKey(algorithm: TokenAlgorithm, nowMs: number): TokenKey {
  const keyPair = signatureSuite(SUITES[algorithm]).generateKeyPair();
  const { certificate } = CertificateAuthority.createRoot({
    keyPair,
    subject: [attribute('C', 'RU'), attribute('O', 'Poligon'), attribute('CN', `ESIA emulator ${algorithm}`)],
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + LIFE_YEARS * 365 * DAY_MS),
  });
  return { algorithm, keyPair, certificate, certificatePem: pem(certificate, 'CERTIFICATE') };
}

/** Reads a key kept by `tokenKeyPem`. @throws PkiError when key or certificate is missing, damaged or of another kind */
export function readTokenKey(algorithm: TokenAlgorithm, text: string): TokenKey {
  const keyPair = signatureSuite(SUITES[algorithm]).keyPairFromPem(pem(fromPem(text, 'PRIVATE KEY'), 'PRIVATE KEY'));
  const authority = new CertificateAuthority({ keyPair, certificate: fromPem(text, 'CERTIFICATE') });
  const { certificate } = authority;
  return { algorithm, keyPair, certificate, certificatePem: pem(certificate, 'CERTIFICATE') };
}

/** Private key and certificate in PEM, as they are kept in a file. */
export function tokenKeyPem(key: TokenKey): string {
  return key.keyPair.privateKeyPem + key.certificatePem;
}
