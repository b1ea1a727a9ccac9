import { contextPrimitive, sequence } from '../der/der-writer.js';
import { pem } from '../der/pem.js';
import { signatureSuite } from '../suites/registry.js';
import { CertificateAuthority } from './certificate-authority.js';
import { attribute } from './names.js';

/** A TLS key with its certificate, and the authority clients have to trust; PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly certificate: string;
  readonly authority: string;
}

const DAY_MS = 86_400_000;
const LIFE_DAYS = 825;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const SUBJECT_ALT_NAME = '2.5.29.17';
/** GeneralName of RFC 5280 4.2.1.6. */
const [DNS_NAME, IP_ADDRESS] = [2, 7];

/** Makes an authority and a certificate by it for these hosts, this machine and `127.0.0.1`. @param owner common name of the authority */
export function makeTlsIdentity(hosts: readonly string[], nowMs: number, owner: string): TlsIdentity {
  const suite = signatureSuite('rsa-2048');
  const life = { notBefore: new Date(nowMs - DAY_MS), notAfter: new Date(nowMs + LIFE_DAYS * DAY_MS) };
  const root = CertificateAuthority.createRoot({
    keyPair: suite.generateKeyPair(),
    subject: [attribute('O', 'Poligon'), attribute('CN', owner)],
    ...life,
  });
  const keyPair = suite.generateKeyPair();
  const names = [...hosts, 'localhost'].map((host) => contextPrimitive(DNS_NAME, Buffer.from(host)));
  const address = contextPrimitive(IP_ADDRESS, Buffer.of(127, 0, 0, 1));
  const issued = root.issue({
    subject: [attribute('CN', hosts[0] ?? 'localhost')],
    spki: keyPair.spki,
    ...life,
    keyUsage: ['digitalSignature', 'keyEncipherment'],
    extendedKeyUsage: [SERVER_AUTH],
    isExtendedKeyUsageCritical: false,
    policies: [],
    extraExtensions: [{ oid: SUBJECT_ALT_NAME, value: sequence(...names, address) }],
  });
  return {
    key: keyPair.privateKeyPem,
    certificate: pem(issued.der, 'CERTIFICATE'),
    authority: pem(root.certificate, 'CERTIFICATE'),
  };
}
