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
  type SuiteId,
  type SubjectAttribute,
} from '@poligon/pki';
import { ProvenSerials } from './proven-serial.js';

const DAY_MS = 86_400_000;
const ROOT_DAYS = 15 * 365;
const ISSUING_DAYS = 10 * 365;

/** A key and its certificate as they are kept: PKCS#8 in PEM, DER in base64. */
export interface KeptSigner {
  readonly key: string;
  readonly certificate: string;
}

/** One key of the issuing authority and who answers OCSP requests about its certificates. */
export interface KeptGeneration {
  readonly issuing: KeptSigner;
  /** Absent: the issuing key itself. */
  readonly ocsp?: KeptSigner;
}

/** Everything the authority is, as it is kept; whoever has it is the authority. */
export interface AuthorityRecord {
  readonly suite: SuiteId;
  /** What serial numbers are proved with, hex. */
  readonly secret: string;
  readonly root: KeptSigner;
  readonly tsa: KeptSigner;
  /** Oldest first; the last one issues. */
  readonly generations: readonly KeptGeneration[];
}

/** What making keys and certificates needs. */
export interface Foundry {
  /** Makes the authority's own keys. */
  readonly suite: SignatureSuite;
  readonly randomBytes: (size: number) => Buffer;
  readonly nowMs: number;
  /** Base of the AIA addresses, without a trailing slash. */
  readonly publicUrl: string;
  /** OCSP answers are signed by a key of their own. */
  readonly isOcspDelegated: boolean;
}

/** A key with its certificate. */
export interface Signer {
  readonly keyPair: KeyPair;
  readonly certificate: Buffer;
}

/** One generation at work. */
export interface Generation {
  /** From 1 on; stands in the addresses of its certificate and revocation lists. */
  readonly number: number;
  readonly issuing: CertificateAuthority;
  /** Signs OCSP answers about its certificates. */
  readonly ocsp: Signer;
}

/** The authority at work: a self-signed root, and those that issue to employees. */
export interface Authority {
  readonly root: CertificateAuthority;
  readonly generations: readonly Generation[];
  /** Signs time-stamps: EKU critical timeStamping. */
  readonly tsa: Signer;
  /** Makes and recognises serial numbers. */
  readonly serials: ProvenSerials;
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

const kept = ({ keyPair, certificate }: Signer): KeptSigner => ({
  key: keyPair.privateKeyPem,
  certificate: certificate.toString('base64'),
});

const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;

/** A responder's certificate: one purpose only, signed by the issuing authority. */
function responder(issuing: CertificateAuthority, keyPair: KeyPair, content: Partial<CertificateProfile>): Signer {
  const { notBefore, notAfter } = parseCertificate(issuing.certificate);
  const profile = { keyUsage: ['digitalSignature', 'nonRepudiation'], policies: [], subject: [], ...content } as const;
  const { der } = issuing.issue({ ...profile, spki: keyPair.spki, notBefore, notAfter });
  return { keyPair, certificate: der };
}

const defaultsOf = (publicUrl: string, generation: number): CertificateDefaults => ({
  ...EMPLOYEE_DEFAULTS,
  ...statusUrls(publicUrl, generation),
});

/** A new issuing key with its certificate; validity begins a day early, so that a clock shifted back a little still trusts it. */
function foundGeneration(
  { root, serials }: Pick<Authority, 'root' | 'serials'>,
  foundry: Foundry,
  number: number,
): { issuing: CertificateAuthority; kept: KeptGeneration } {
  const { suite, nowMs, publicUrl, randomBytes } = foundry;
  const issuing = root.issueIntermediate({
    keyPair: suite.generateKeyPair(),
    subject: name('УЦ УНЭП испытательного полигона'),
    notBefore: new Date(wholeSecond(nowMs) - DAY_MS),
    notAfter: new Date(wholeSecond(nowMs) + ISSUING_DAYS * DAY_MS),
    pathLength: 0,
    defaults: defaultsOf(publicUrl, number),
    authorityUrls: statusUrls(publicUrl, 0),
  });
  const serial = serials.make(randomBytes(8), number);
  const ocsp = foundry.isOcspDelegated ? responder(issuing, suite.generateKeyPair(), { ...OCSP, serial }) : undefined;
  return { issuing, kept: { issuing: kept(issuing), ...(ocsp === undefined ? {} : { ocsp: kept(ocsp) }) } };
}

/** Makes the keys and certificates of a new authority. */
export function foundAuthority(foundry: Foundry): AuthorityRecord {
  const { suite, nowMs, randomBytes } = foundry;
  const secret = randomBytes(32);
  const serials = new ProvenSerials(secret);
  const root = CertificateAuthority.createRoot({
    keyPair: suite.generateKeyPair(),
    subject: name('Корневой УЦ испытательного полигона'),
    notBefore: new Date(wholeSecond(nowMs) - DAY_MS),
    notAfter: new Date(wholeSecond(nowMs) + ROOT_DAYS * DAY_MS),
  });
  const first = foundGeneration({ root, serials }, foundry, 1);
  const tsa = responder(first.issuing, suite.generateKeyPair(), { ...TSA, serial: serials.make(randomBytes(8), 1) });
  return {
    ...{ suite: suite.id, secret: secret.toString('hex'), root: kept(root), tsa: kept(tsa) },
    generations: [first.kept],
  };
}

/** The record with one more generation, which issues from then on (key rollover). */
export function withNextGeneration(record: AuthorityRecord, authority: Authority, foundry: Foundry): AuthorityRecord {
  const next = foundGeneration(authority, foundry, record.generations.length + 1);
  return { ...record, generations: [...record.generations, next.kept] };
}

/**
 * Puts a kept authority to work.
 * @throws PkiError `invalid-key` when its keys are not of the suite
 */
export function openAuthority(record: AuthorityRecord, suite: SignatureSuite, publicUrl: string): Authority {
  const opened = ({ key, certificate }: KeptSigner): Signer => ({
    keyPair: suite.keyPairFromPem(key),
    certificate: Buffer.from(certificate, 'base64'),
  });
  const root = new CertificateAuthority(opened(record.root));
  const generations = record.generations.map(({ issuing: keptIssuing, ocsp }, index): Generation => {
    const defaults = defaultsOf(publicUrl, index + 1);
    const issuing = new CertificateAuthority({ ...opened(keptIssuing), chain: [root.certificate], defaults });
    return { number: index + 1, issuing, ocsp: ocsp === undefined ? issuing : opened(ocsp) };
  });
  const serials = new ProvenSerials(Buffer.from(record.secret, 'hex'));
  return { root, generations, tsa: opened(record.tsa), serials };
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
