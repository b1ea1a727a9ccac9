import {
  attribute,
  CertificateAuthority,
  OCSP_NO_CHECK,
  OID,
  parseCertificate,
  type CertificateDefaults,
  type CertificateProfile,
  type KeyPair,
  type SignatureSuite,
  type SubjectAttribute,
} from '@poligon/pki';
import type { ProvenSerials } from './proven-serial.js';

const DAY_MS = 86_400_000;
const ROOT_DAYS = 15 * 365;
const ISSUING_DAYS = 10 * 365;

export interface AuthorityParts {
  readonly rootKey: KeyPair;
  readonly issuingKey: KeyPair;
  readonly tsaKey: KeyPair;
  /** Undefined: the authority answers OCSP requests with its own key. */
  readonly ocspKey: KeyPair | undefined;
  readonly serials: ProvenSerials;
  readonly randomBytes: (size: number) => Buffer;
  readonly nowMs: number;
  /** Base of the AIA addresses, without a trailing slash. */
  readonly publicUrl: string;
}

/** The certificates of the authority: a self-signed root and the one that issues to employees. */
export interface Authority {
  readonly root: CertificateAuthority;
  readonly issuing: CertificateAuthority;
  /** By the number in their AIA address: 0 root, 1 issuing. */
  readonly certificates: readonly Buffer[];
  /** Signs time-stamps: EKU critical timeStamping. */
  readonly tsa: Signer;
  /** Signs OCSP answers about employees' certificates. */
  readonly ocsp: Signer;
}

/** A key with its certificate. */
export interface Signer {
  readonly keyPair: KeyPair;
  readonly certificate: Buffer;
}

const name = (commonName: string): SubjectAttribute[] => [
  attribute('C', 'RU'),
  attribute('S', '77 г. Москва'),
  attribute('L', 'г. Москва'),
  attribute('O', 'Полигон'),
  attribute('CN', commonName),
];

type StatusUrls = Pick<CertificateDefaults, 'caIssuerUrls' | 'crlUrls' | 'ocspUrls'>;

/** Where certificates signed by authority number `generation` say their status is found. */
const statusUrls = (publicUrl: string, generation: number): StatusUrls => ({
  crlUrls: [`${publicUrl}/cdp/${generation}.crl`],
  ocspUrls: [`${publicUrl}/ocsp/ocsp.srf`],
  caIssuerUrls: [`${publicUrl}/aia/${generation}.crt`],
});

/** What every employee certificate says besides its owner (profile of section 2.8). */
const EMPLOYEE_DEFAULTS: CertificateDefaults = {
  keyUsage: ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment'],
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.4'],
  policies: ['1.2.643.100.113.1'],
  subjectSignTool: 'Эмулятор СКЗИ «Полигон»',
  issuerSignTool: [
    'Эмулятор СКЗИ «Полигон»',
    'Эмулятор УЦ «Полигон»',
    'Сертификат соответствия отсутствует: испытательный стенд',
    'Сертификат соответствия отсутствует: испытательный стенд',
  ],
};

/** A responder's certificate: one purpose only, signed by the issuing authority. */
function responder(issuing: CertificateAuthority, keyPair: KeyPair, content: Partial<CertificateProfile>): Signer {
  const { notBefore, notAfter } = parseCertificate(issuing.certificate);
  const profile = { keyUsage: ['digitalSignature', 'nonRepudiation'], policies: [], subject: [], ...content } as const;
  const { der } = issuing.issue({ ...profile, spki: keyPair.spki, notBefore, notAfter });
  return { keyPair, certificate: der };
}

/** Makes root and issuing authority. Validity begins a day early, so that a clock shifted back a little still trusts them. */
export function createAuthority(parts: AuthorityParts): Authority {
  const { rootKey, issuingKey, tsaKey, ocspKey, nowMs, publicUrl, serials, randomBytes } = parts;
  const wholeSecondMs = Math.floor(nowMs / 1000) * 1000;
  const notBefore = new Date(wholeSecondMs - DAY_MS);
  const root = CertificateAuthority.createRoot({
    keyPair: rootKey,
    subject: name('Корневой УЦ испытательного полигона'),
    notBefore,
    notAfter: new Date(wholeSecondMs + ROOT_DAYS * DAY_MS),
  });
  const issuing = root.issueIntermediate({
    keyPair: issuingKey,
    subject: name('УЦ УНЭП испытательного полигона'),
    notBefore,
    notAfter: new Date(wholeSecondMs + ISSUING_DAYS * DAY_MS),
    pathLength: 0,
    defaults: { ...EMPLOYEE_DEFAULTS, ...statusUrls(publicUrl, 1) },
    authorityUrls: statusUrls(publicUrl, 0),
  });
  const serial = (): Buffer => serials.make(randomBytes(8));
  return {
    root,
    issuing,
    certificates: [root.certificate, issuing.certificate],
    tsa: responder(issuing, tsaKey, { ...TSA, serial: serial() }),
    ocsp: ocspKey ? responder(issuing, ocspKey, { ...OCSP, serial: serial() }) : issuing,
  };
}

/** A key with a self-signed certificate that nobody trusts. */
export function createForeignSigner(suite: SignatureSuite, nowMs: number): CertificateAuthority {
  return CertificateAuthority.createRoot({
    keyPair: suite.generateKeyPair(),
    subject: name('Чужой УЦ'),
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + ISSUING_DAYS * DAY_MS),
  });
}

const TSA: Partial<CertificateProfile> = {
  subject: name('Служба штампов времени испытательного полигона'),
  extendedKeyUsage: [OID.ekuTimeStamping],
  isExtendedKeyUsageCritical: true,
};
const OCSP: Partial<CertificateProfile> = {
  subject: name('Служба OCSP испытательного полигона'),
  extendedKeyUsage: [OID.ekuOcspSigning],
  extraExtensions: [OCSP_NO_CHECK],
};
