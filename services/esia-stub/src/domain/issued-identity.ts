import { attribute, CertificateAuthority, pem, signatureSuite } from '@poligon/pki';
import type { RequestAlgorithm } from './client.js';

/** A key made for an information system that has none, with a self-signed certificate; PEM. */
export interface IssuedIdentity {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

/** What is asked of an identity. */
export interface IdentityOrder {
  readonly algorithm: RequestAlgorithm;
  readonly mnemonic: string;
  /** Days the certificate is valid, from an hour before `nowMs`. */
  readonly days: number;
  readonly nowMs: number;
}

const SUITES = { gost2012_256: 'gost2012-256', rsa: 'rsa-2048' } as const;
const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];

/** Makes a key and a certificate for tests; the key is given away once and kept nowhere. */
export function issueIdentity({ algorithm, mnemonic, days, nowMs }: IdentityOrder): IssuedIdentity {
  const keyPair = signatureSuite(SUITES[algorithm]).generateKeyPair();
  const { certificate } = CertificateAuthority.createRoot({
    keyPair,
    subject: [attribute('C', 'RU'), attribute('O', 'Poligon'), attribute('CN', mnemonic)],
    notBefore: new Date(nowMs - HOUR_MS),
    notAfter: new Date(nowMs + days * DAY_MS),
  });
  return { privateKeyPem: keyPair.privateKeyPem, certificatePem: pem(certificate, 'CERTIFICATE') };
}
