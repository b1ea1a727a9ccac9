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
}

const VERSION_1 = integer(1);
const DATA = oid(OID.data);
const SIGNED_DATA = oid(OID.signedData);
const CONTENT_TYPE_ATTRIBUTE = sequence(oid(OID.contentType), set(DATA));
const MESSAGE_DIGEST = oid(OID.messageDigest);
const SIGNING_TIME = oid(OID.signingTime);
const SIGNING_CERTIFICATE_V2 = oid(OID.signingCertificateV2);

/** Everything in a signature that depends on the certificate alone. */
interface SignerTemplate {
  suite: SignatureSuite['id'];
  signerId: Buffer;
  signingCertificate: Buffer;
}

const templates = new WeakMap<Buffer, SignerTemplate>();

function signingCertificateAttribute(owner: SignatureSuite, certificate: Buffer): Buffer {
  // SHA-256 is the DEFAULT of ESSCertIDv2.hashAlgorithm (RFC 5035), so DER leaves it out.
  const hashAlgorithm = owner.id === 'gost2012-256' ? [owner.digestAlgorithm] : [];
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

function encapsulated({ content, detached = true }: SignCmsOptions): Buffer {
  if (detached) return sequence(DATA);
  if (!content) throw new PkiError('invalid-argument', 'an attached signature needs the content');
  return sequence(DATA, context(0, octetString(content)));
}

/**
 * CAdES-BES: CMS SignedData version 1 with contentType, messageDigest, signingTime and signingCertificateV2 signed
 * (RFC 5652, RFC 5126), DER. The certificate buffer is the cache key: pass the same object for the same signer.
 * @throws PkiError `invalid-argument`, or `malformed` for a bad certificate.
 */
export function signCms(options: SignCmsOptions): Buffer {
  const { keyPair, certificate, chain = [], signingTime, hasSigningCertificate = true } = options;
  const { owner } = keyPair;
  const { signerId, signingCertificate } = templateFor(owner, certificate);
  const attributes = [
    CONTENT_TYPE_ATTRIBUTE,
    sequence(MESSAGE_DIGEST, set(octetString(digestToSign(options)))),
    sequence(SIGNING_TIME, set(time(signingTime))),
  ];
  if (hasSigningCertificate) attributes.push(signingCertificate);
  const signed = setOf(attributes);
  const signature = keyPair.sign(signed);
  // Signed as SET (0x31), carried as [0] IMPLICIT (RFC 5652 5.4).
  const carried = Buffer.from(signed);
  carried[0] = 0xa0;
  const { digestAlgorithm, cmsSignatureAlgorithm } = owner;
  return sequence(
    SIGNED_DATA,
    context(
      0,
      sequence(
        VERSION_1,
        set(digestAlgorithm),
        encapsulated(options),
        context(0, certificate, ...chain),
        set(sequence(VERSION_1, signerId, digestAlgorithm, carried, cmsSignatureAlgorithm, octetString(signature))),
      ),
    ),
  );
}
