import { context, integer, octetString, oid, sequence, set, setOf, time } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import type { KeyPair, SignatureSuite } from '../suites/signature-suite.js';
import { OID } from '../x509/oids.js';
import { parseCertificate } from '../x509/parse-certificate.js';

/** One signature to make. Give the content, or its digest when the document never leaves its owner. */
export interface SignCmsOptions {
  keyPair: KeyPair;
  /** The signer's certificate, DER. */
  certificate: Buffer;
  /** Further certificates to embed. */
  chain?: readonly Buffer[];
  content?: Buffer;
  /** Digest of the content in the suite's own hash. Takes the place of `content`. */
  contentDigest?: Buffer;
  signingTime: Date;
  /** Default true: the content stays outside. False needs `content`. */
  detached?: boolean;
  /** Default true. False leaves signingCertificateV2 out: plain CMS instead of CAdES-BES. */
  hasSigningCertificate?: boolean;
  /** Makes a time-stamp token over the signature value: CAdES-T. */
  timestamp?: (signatureValue: Buffer) => Buffer;
}

const VERSION_1 = integer(1);
const VERSION_3 = integer(3);
const SIGNED_DATA = oid(OID.signedData);
/** OID of plain content, DER. */
export const DATA = oid(OID.data);
const MESSAGE_DIGEST = oid(OID.messageDigest);
const CONTENT_TYPE = oid(OID.contentType);
const SIGNING_TIME = oid(OID.signingTime);
const SIGNING_CERTIFICATE_V2 = oid(OID.signingCertificateV2);
const TIMESTAMP_TOKEN = oid(OID.timeStampToken);

/** Everything in a signature that depends on the certificate alone. */
interface SignerTemplate {
  suite: SignatureSuite['id'];
  signerId: Buffer;
  signingCertificate: Buffer;
}

const templates = new WeakMap<Buffer, SignerTemplate>();

function signingCertificateAttribute(owner: SignatureSuite, certificate: Buffer): Buffer {
  // SHA-256 is the DEFAULT of ESSCertIDv2.hashAlgorithm (RFC 5035), so DER leaves it out.
  const hashAlgorithm = owner.id.startsWith('gost') ? [owner.digestAlgorithm] : [];
  const certId = sequence(...hashAlgorithm, octetString(owner.digest(certificate)));
  return sequence(SIGNING_CERTIFICATE_V2, set(sequence(sequence(certId))));
}

function templateFor(owner: SignatureSuite, certificate: Buffer): SignerTemplate {
  const known = templates.get(certificate);
  if (known?.suite === owner.id) return known;
  const { issuerDer, serial } = parseCertificate(certificate);
  const made = {
    suite: owner.id,
    signerId: sequence(issuerDer, integer(serial)),
    signingCertificate: signingCertificateAttribute(owner, certificate),
  };
  templates.set(certificate, made);
  return made;
}

function digestToSign({ keyPair, content, contentDigest }: SignCmsOptions): Buffer {
  const { owner } = keyPair;
  if (contentDigest) {
    if (contentDigest.length === owner.digestBytes) return contentDigest;
    throw new PkiError('invalid-argument', `content digest must be ${owner.digestBytes} bytes`);
  }
  if (content) return owner.digest(content);
  throw new PkiError('invalid-argument', 'content or its digest is required');
}

/** One SignedData with one signer, of content of any type. */
export interface SignedDataParts {
  keyPair: KeyPair;
  certificate: Buffer;
  /** Certificates to embed. */
  certificates: readonly Buffer[];
  contentDigest: Buffer;
  signingTime: Date;
  hasSigningCertificate: boolean;
  /** OID of the content's type, DER. */
  contentType: Buffer;
  /** Content to carry inside; undefined for a detached signature. */
  content: Buffer | undefined;
  timestamp?: (signatureValue: Buffer) => Buffer;
}

/** What one signer of a document needs. */
type SignerParts = Omit<SignedDataParts, 'certificates' | 'content'>;

function signedAttributes(parts: SignerParts, signingCertificate: Buffer): Buffer {
  const attributes = [
    sequence(CONTENT_TYPE, set(parts.contentType)),
    sequence(MESSAGE_DIGEST, set(octetString(parts.contentDigest))),
    sequence(SIGNING_TIME, set(time(parts.signingTime))),
  ];
  if (parts.hasSigningCertificate) attributes.push(signingCertificate);
  return setOf(attributes);
}

/** A SignerInfo that lacks its signature value: what the value covers, and the whole once it is there. */
interface UnsignedSigner {
  readonly covered: Buffer;
  readonly complete: (value: Buffer) => Buffer;
}

function unsignedSigner(parts: SignerParts): UnsignedSigner {
  const { keyPair, certificate, timestamp } = parts;
  const { digestAlgorithm, cmsSignatureAlgorithm } = keyPair.owner;
  const { signerId, signingCertificate } = templateFor(keyPair.owner, certificate);
  const covered = signedAttributes(parts, signingCertificate);
  const complete = (value: Buffer): Buffer => {
    // Signed as SET (0x31), carried as [0] IMPLICIT (RFC 5652 5.4).
    covered[0] = 0xa0;
    const unsigned = timestamp === undefined ? [] : [context(1, sequence(TIMESTAMP_TOKEN, set(timestamp(value))))];
    const fields = [VERSION_1, signerId, digestAlgorithm, covered, cmsSignatureAlgorithm, octetString(value)];
    return sequence(...fields, ...unsigned);
  };
  return { covered, complete };
}

/** SignerInfo with signed attributes (RFC 5652 5.3), DER. @throws PkiError `malformed` for a bad certificate */
export function signerInfo(parts: SignerParts): Buffer {
  const { covered, complete } = unsignedSigner(parts);
  return complete(parts.keyPair.sign(covered));
}

function withSigner({ keyPair, certificates, contentType, content }: SignedDataParts, signer: Buffer): Buffer {
  const carried = content === undefined ? [] : [context(0, octetString(content))];
  const body = sequence(
    contentType === DATA ? VERSION_1 : VERSION_3,
    set(keyPair.owner.digestAlgorithm),
    sequence(contentType, ...carried),
    ...(certificates.length === 0 ? [] : [context(0, ...certificates)]),
    set(signer),
  );
  return sequence(SIGNED_DATA, context(0, body));
}

/**
 * CMS SignedData with signed attributes (RFC 5652 5), DER.
 * @throws PkiError `malformed` for a bad certificate
 */
export const signedData = (parts: SignedDataParts): Buffer => withSigner(parts, signerInfo(parts));

function partsOf(options: SignCmsOptions): SignedDataParts {
  const { keyPair, certificate, chain = [], content, detached = true, hasSigningCertificate = true } = options;
  if (!detached && !content) throw new PkiError('invalid-argument', 'an attached signature needs the content');
  return {
    ...{ keyPair, certificate, hasSigningCertificate, contentType: DATA },
    certificates: [certificate, ...chain],
    contentDigest: digestToSign(options),
    content: detached ? undefined : content,
    signingTime: options.signingTime,
    ...(options.timestamp ? { timestamp: options.timestamp } : {}),
  };
}

/**
 * CAdES-BES, or CAdES-T with `timestamp`: CMS SignedData version 1 with contentType, messageDigest, signingTime and
 * signingCertificateV2 signed (RFC 5652, RFC 5126), DER. The certificate buffer is the cache key: pass the same object for
 * the same signer.
 * @throws PkiError `invalid-argument`, or `malformed` for a bad certificate.
 */
export const signCms = (options: SignCmsOptions): Buffer => signedData(partsOf(options));

/**
 * As `signCms`, the signature value computed on the thread pool where the key can (`KeyPair.signInThread`).
 * @throws PkiError as `signCms`, Error of OpenSSL
 */
export async function signCmsInThread(options: SignCmsOptions): Promise<Buffer> {
  const parts = partsOf(options);
  const { covered, complete } = unsignedSigner(parts);
  const { keyPair } = parts;
  return withSigner(parts, complete((await keyPair.signInThread?.(covered)) ?? keyPair.sign(covered)));
}
