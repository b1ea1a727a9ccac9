import * as asn1js from 'asn1js';
import { ContentInfo, SignedData } from 'pkijs';
import type { Attribute, SignerInfo } from 'pkijs';
import { guardBer } from '../der/ber-guard.js';
import { PkiError } from '../pki.errors.js';
import { OID } from '../x509/oids.js';
import { parseCertificate } from '../x509/parse-certificate.js';
import type { ParsedCertificate } from '../x509/parse-certificate.js';

/** The first signature of a CMS SignedData. */
export interface ParsedCms {
  certificates: ParsedCertificate[];
  /** Content carried inside, when it is. */
  attachedContent?: Buffer;
  contentType: string;
  digestAlgorithm: string;
  signatureAlgorithm: string;
  signature: Buffer;
  /** Finds the signer among certificates. */
  isSigner(certificate: ParsedCertificate): boolean;
  signed?: SignedAttributes;
  signerCount: number;
}

/** Signed attributes and the exact bytes the signature covers. */
export interface SignedAttributes {
  der: Buffer;
  contentType?: string;
  messageDigest?: Buffer;
  signingTime?: Date;
  /** Hash algorithm OID and hash of the signer's certificate from signingCertificate(V2). */
  certificateHash?: { algorithm: string; hash: Buffer };
}

/** Enough for the attached documents HR systems sign; the reader holds a few copies while it works. */
const CMS_LIMITS = { maxBytes: 32 * 1024 * 1024, maxDepth: 24, maxValues: 50_000 };

const malformed = (why: string, cause?: unknown): PkiError => new PkiError('malformed', `CMS: ${why}`, { cause });

function readSignedData(cms: Buffer): SignedData {
  const length = guardBer(cms, CMS_LIMITS);
  if (length !== cms.length) throw malformed('extra bytes after the document');
  try {
    const { result, offset } = asn1js.fromBER(cms);
    if (offset < 0) throw new Error(result.error);
    const info = new ContentInfo({ schema: result });
    if (info.contentType !== OID.signedData) throw new Error('content type is not SignedData');
    return new SignedData({ schema: info.content });
  } catch (cause) {
    throw malformed('not a SignedData', cause);
  }
}

/** The concatenated bytes of an OCTET STRING, primitive or in pieces. */
function octets(value: asn1js.OctetString): Buffer {
  return Buffer.from(value.getValue());
}

const valueOf = (attribute: Attribute | undefined): unknown => (attribute?.values as unknown[] | undefined)?.[0];

function members(block: unknown): asn1js.BaseBlock[] {
  return block instanceof asn1js.Sequence ? block.valueBlock.value : [];
}

/** SEQUENCE{SEQUENCE{ESSCertID}}: V2 has an optional hash algorithm before the hash, the first version is SHA-1. */
function readCertificateHash(block: unknown, defaultAlgorithm: string): SignedAttributes['certificateHash'] {
  const fields = members(members(members(block)[0])[0]);
  const [first] = fields;
  const id = members(first)[0];
  const algorithm = id instanceof asn1js.ObjectIdentifier ? id.getValue() : defaultAlgorithm;
  const hash = first instanceof asn1js.OctetString ? first : fields[1];
  if (!(hash instanceof asn1js.OctetString)) throw malformed('signing certificate attribute has no hash');
  return { algorithm, hash: octets(hash) };
}

function readSigningTime(block: unknown): Date | undefined {
  if (!(block instanceof asn1js.UTCTime || block instanceof asn1js.GeneralizedTime)) return undefined;
  const at = block.toDate();
  return Number.isNaN(at.getTime()) ? undefined : at;
}

function readSignedAttributes({ signedAttrs }: SignerInfo): SignedAttributes | undefined {
  if (!signedAttrs) return undefined;
  const find = (type: string): unknown => valueOf(signedAttrs.attributes.find((attribute) => attribute.type === type));
  const contentType = find(OID.contentType);
  const digest = find(OID.messageDigest);
  const v2 = find(OID.signingCertificateV2);
  const v1 = find(OID.signingCertificate);
  const der = Buffer.from(signedAttrs.encodedValue);
  der[0] = 0x31; // Carried as [0], signed as SET (RFC 5652 5.4).
  return {
    der,
    contentType: contentType instanceof asn1js.ObjectIdentifier ? contentType.getValue() : undefined,
    messageDigest: digest instanceof asn1js.OctetString ? octets(digest) : undefined,
    signingTime: readSigningTime(find(OID.signingTime)),
    certificateHash: v2 ? readCertificateHash(v2, OID.sha256) : v1 ? readCertificateHash(v1, OID.sha1) : undefined,
  };
}

interface SignerName {
  issuer?: { valueBeforeDecode: ArrayBuffer };
  serialNumber?: asn1js.Integer;
}

/** SignerIdentifier is issuerAndSerialNumber, or [0] subjectKeyIdentifier. */
function signerMatcher(sid: unknown): ParsedCms['isSigner'] {
  const { issuer, serialNumber } = sid as SignerName;
  if (issuer && serialNumber) {
    const name = Buffer.from(issuer.valueBeforeDecode);
    const serial = Buffer.from(serialNumber.valueBlock.valueHexView)
      .toString('hex')
      .replace(/^00(?=..)/, '');
    return (certificate) => certificate.issuerDer.equals(name) && certificate.serial.toString('hex') === serial;
  }
  const block = sid instanceof asn1js.OctetString ? sid : (sid as asn1js.Primitive | undefined);
  const id = Buffer.from(block?.valueBlock?.valueHexView ?? []);
  return (certificate) => id.length > 0 && certificate.subjectKeyId?.equals(id) === true;
}

function embeddedCertificates(signedData: SignedData): ParsedCertificate[] {
  const MAX_CERTIFICATES = 16;
  const list = signedData.certificates ?? [];
  if (list.length > MAX_CERTIFICATES) {
    throw new PkiError('limit-exceeded', `CMS: more than ${MAX_CERTIFICATES} certificates`);
  }
  return list.map((certificate) => parseCertificate(Buffer.from(certificate.toSchema().toBER())));
}

/**
 * Reads a CMS SignedData, DER or BER, attached or detached. Only the first SignerInfo is read.
 * @throws PkiError `malformed` or `limit-exceeded`, nothing else
 */
export function parseCms(cms: Buffer): ParsedCms {
  const signedData = readSignedData(cms);
  const [signer] = signedData.signerInfos;
  if (!signer) throw malformed('no signer');
  const { eContent, eContentType } = signedData.encapContentInfo;
  try {
    return {
      certificates: embeddedCertificates(signedData),
      attachedContent: eContent ? octets(eContent) : undefined,
      contentType: eContentType,
      digestAlgorithm: signer.digestAlgorithm.algorithmId,
      signatureAlgorithm: signer.signatureAlgorithm.algorithmId,
      signature: octets(signer.signature),
      isSigner: signerMatcher(signer.sid),
      signed: readSignedAttributes(signer),
      signerCount: signedData.signerInfos.length,
    };
  } catch (cause) {
    throw cause instanceof PkiError ? cause : malformed('a field has a wrong type', cause);
  }
}
