import { bitString, context, integer, sequence, time } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import type { KeyPair, RandomBytes } from '../suites/signature-suite.js';
import {
  authorityConstraints,
  authorityKeyIdentifier,
  extension,
  identificationKind,
  keyIdentifier,
  staticExtensions,
  subjectKeyIdentifier,
} from './extensions.js';
import { encodeName } from './names.js';
import type { SubjectAttribute } from './names.js';
import { OID } from './oids.js';
import { parseCertificate } from './parse-certificate.js';
import type { CertificateDefaults, CertificateProfile } from './profile.js';

/** A certificate just issued. */
export interface IssuedCertificate {
  der: Buffer;
  /** Unsigned big-endian bytes. */
  serial: Buffer;
  /** Upper-case hex without leading zero bytes. */
  serialHex: string;
  notBefore: Date;
  notAfter: Date;
}

export interface AuthorityOptions {
  /** The signing key; its suite decides the signature algorithm. */
  keyPair: KeyPair;
  /** The authority's own certificate, DER. */
  certificate: Buffer;
  /** Certificates above it, nearest first, root last; empty for a root. */
  chain?: readonly Buffer[];
  defaults?: CertificateDefaults;
  /** Source of serials; default that of the key's suite. */
  randomBytes?: RandomBytes;
}

export interface RootOptions {
  keyPair: KeyPair;
  subject: readonly SubjectAttribute[];
  notBefore: Date;
  notAfter: Date;
  serial?: Buffer;
  pathLength?: number;
  defaults?: CertificateDefaults;
  randomBytes?: RandomBytes;
}

/** As `RootOptions`; `authorityUrls` is where the parent publishes its own CRL and certificate. */
export interface SubordinateOptions extends RootOptions {
  authorityUrls?: Pick<CertificateDefaults, 'crlUrls' | 'ocspUrls' | 'caIssuerUrls'>;
}

const VERSION_3 = context(0, integer(2));
const CA_USAGE: CertificateDefaults = {
  keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'],
  extendedKeyUsage: [],
};
const STATIC_FIELDS = [
  'keyUsage',
  'extendedKeyUsage',
  'isExtendedKeyUsageCritical',
  'policies',
  'crlUrls',
  'ocspUrls',
  'caIssuerUrls',
  'subjectSignTool',
  'issuerSignTool',
] as const;

interface Signer {
  keyPair: KeyPair;
  issuerName: Buffer;
  randomBytes: RandomBytes;
}

function chooseSerial(given: Buffer | undefined, randomBytes: RandomBytes): Buffer {
  if (given) {
    if (given.length === 0 || given.length > 20) throw new PkiError('invalid-argument', 'serial must be 1..20 bytes');
    return given;
  }
  const serial = Buffer.from(randomBytes(16));
  serial[0] = (serial[0] as number) & 0x7f || 1;
  return serial;
}

function dynamicExtensions(profile: CertificateProfile, subjectKeyId: Buffer): Buffer[] {
  const { basicConstraints, identificationKind: kind, extraExtensions = [] } = profile;
  return [
    ...(basicConstraints ? [authorityConstraints(basicConstraints.pathLength)] : []),
    subjectKeyIdentifier(subjectKeyId),
    ...(kind === undefined ? [] : [identificationKind(kind)]),
    ...extraExtensions.map(extension),
  ];
}

/** A certificate that lacks its signature: what the signature covers, and the whole once it is there. */
interface UnsignedCertificate {
  readonly tbs: Buffer;
  readonly complete: (signature: Buffer) => IssuedCertificate;
}

/** Concatenates a TBSCertificate from ready parts: no ASN.1 objects on this path. */
function unsignedCertificate(
  profile: CertificateProfile,
  signer: Signer,
  fixedExtensions: Buffer,
): UnsignedCertificate {
  const { notBefore, notAfter, spki } = profile;
  const { keyPair } = signer;
  const serial = chooseSerial(profile.serial, signer.randomBytes);
  const tbs = sequence(
    VERSION_3,
    integer(serial),
    keyPair.owner.signatureAlgorithm,
    signer.issuerName,
    sequence(time(notBefore), time(notAfter)),
    encodeName(profile.subject),
    spki,
    context(3, sequence(fixedExtensions, ...dynamicExtensions(profile, keyIdentifier(spki)))),
  );
  const complete = (signature: Buffer): IssuedCertificate => {
    const der = sequence(tbs, keyPair.owner.signatureAlgorithm, bitString(signature));
    const serialHex = serial
      .toString('hex')
      .toUpperCase()
      .replace(/^(00)+(?=..)/, '');
    return { der, serial, serialHex, notBefore, notAfter };
  };
  return { tbs, complete };
}

function buildCertificate(profile: CertificateProfile, signer: Signer, fixedExtensions: Buffer): IssuedCertificate {
  const { tbs, complete } = unsignedCertificate(profile, signer, fixedExtensions);
  return complete(signer.keyPair.sign(tbs));
}

/** Issues certificates in the form of ФСБ order 795 with one key. Holds no state between certificates. */
export class CertificateAuthority {
  readonly keyPair: KeyPair;
  /** Own certificate, DER. */
  readonly certificate: Buffer;
  /** Certificates above, root last. */
  readonly chain: readonly Buffer[];
  /** Own subject Name, DER: the issuer of everything it signs. */
  readonly subjectDer: Buffer;
  /** Own subject key identifier: the AKI of everything it signs. */
  readonly keyId: Buffer;

  private readonly defaults: CertificateDefaults;
  private readonly signer: Signer;
  private readonly issuerPart: Buffer;
  private readonly defaultExtensions: Buffer;

  /** @throws PkiError when the certificate is not one for this key. */
  constructor({ keyPair, certificate, chain = [], defaults = {}, randomBytes }: AuthorityOptions) {
    const parsed = parseCertificate(certificate);
    if (!parsed.spki.equals(keyPair.spki)) {
      throw new PkiError('invalid-argument', 'certificate must be the one of the signing key');
    }
    this.keyPair = keyPair;
    this.certificate = certificate;
    this.chain = chain;
    this.defaults = defaults;
    this.subjectDer = parsed.subjectDer;
    this.keyId = parsed.subjectKeyId ?? keyIdentifier(keyPair.spki);
    this.signer = {
      keyPair,
      issuerName: this.subjectDer,
      randomBytes: randomBytes ?? keyPair.owner.randomBytes,
    };
    this.issuerPart = authorityKeyIdentifier(this.keyId);
    this.defaultExtensions = Buffer.concat([this.issuerPart, staticExtensions(defaults)]);
  }

  /** A self-signed authority: basicConstraints critical CA, keyUsage critical `86`, SKI. */
  static createRoot(options: RootOptions): CertificateAuthority {
    const { keyPair, subject, pathLength, randomBytes } = options;
    const bytes = randomBytes ?? keyPair.owner.randomBytes;
    const signer: Signer = { keyPair, issuerName: encodeName(subject), randomBytes: bytes };
    const profile = { ...options, spki: keyPair.spki, basicConstraints: { pathLength } };
    const fixed = staticExtensions({ ...CA_USAGE, policies: [] });
    const { der } = buildCertificate(profile, signer, fixed);
    return new CertificateAuthority({ keyPair, certificate: der, defaults: options.defaults, randomBytes });
  }

  /** A subordinate authority signed by this one, ready to issue. */
  issueIntermediate(options: SubordinateOptions): CertificateAuthority {
    const { keyPair, subject, notBefore, notAfter, serial, pathLength, defaults, authorityUrls } = options;
    const profile = { subject, notBefore, notAfter, serial, spki: keyPair.spki, basicConstraints: { pathLength } };
    const extensions = staticExtensions({ ...CA_USAGE, ...authorityUrls, policies: [OID.anyPolicy] });
    const issued = buildCertificate(profile, this.signer, Buffer.concat([this.issuerPart, extensions]));
    const chain = [this.certificate, ...this.chain];
    const randomBytes = options.randomBytes ?? this.signer.randomBytes;
    return new CertificateAuthority({ keyPair, certificate: issued.der, chain, defaults, randomBytes });
  }

  /**
   * Signs one certificate. Fields the profile leaves out come from the authority's defaults.
   * @throws PkiError `invalid-argument` for values that cannot be encoded, `malformed` for a bad `spki`.
   */
  issue(profile: CertificateProfile): IssuedCertificate {
    return buildCertificate(profile, this.signer, this.fixedExtensions(profile));
  }

  /** As `issue`, the signature computed on the thread pool where the key can. @throws PkiError as `issue`, Error of OpenSSL */
  async issueInThread(profile: CertificateProfile): Promise<IssuedCertificate> {
    const { tbs, complete } = unsignedCertificate(profile, this.signer, this.fixedExtensions(profile));
    return complete((await this.keyPair.signInThread?.(tbs)) ?? this.keyPair.sign(tbs));
  }

  private fixedExtensions(profile: CertificateProfile): Buffer {
    const overrides = STATIC_FIELDS.filter((field) => profile[field] !== undefined);
    return overrides.length === 0 ? this.defaultExtensions : this.extensionsFor(profile, overrides);
  }

  private extensionsFor(profile: CertificateProfile, overrides: readonly (keyof CertificateDefaults)[]): Buffer {
    const chosen = Object.fromEntries(overrides.map((field) => [field, profile[field]]));
    return Buffer.concat([this.issuerPart, staticExtensions({ ...this.defaults, ...chosen })]);
  }
}
