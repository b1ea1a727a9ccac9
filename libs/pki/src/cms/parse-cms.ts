import { berToDer } from '../der/ber-to-der.js';
import { readDer } from '../der/der-reader.js';
import type { DerNode } from '../der/der-reader.js';
import { decodeTime } from '../der/der-strings.js';
import { TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { OID } from '../x509/oids.js';
import { parseCertificate } from '../x509/parse-certificate.js';
import type { ParsedCertificate } from '../x509/parse-certificate.js';

/** One signature of a CMS SignedData. */
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
  /** Time-stamp token over the signature value (CAdES-T), a CMS of its own. */
  timestampToken?: Buffer;
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
const MAX_CERTIFICATES = 16;

const malformed = (why: string): PkiError => new PkiError('malformed', `CMS: ${why}`);

function need(node: DerNode | undefined, name: string): DerNode {
  if (!node) throw malformed(`${name} is missing`);
  return node;
}

/** OID of an AlgorithmIdentifier; its parameters, NULL or absent, do not matter here. */
const algorithmOf = (node: DerNode | undefined, name: string): string =>
  need(need(node, name).children(TAG.sequence)[0], name).oid();

/** SEQUENCE{SEQUENCE{ESSCertID}}: V2 has an optional hash algorithm before the hash, the first version is SHA-1. */
function readCertificateHash(value: DerNode, defaultAlgorithm: string): SignedAttributes['certificateHash'] {
  const list = need(value.children(TAG.sequence)[0], 'signing certificate');
  const [first, second] = need(list.children(TAG.sequence)[0], 'signing certificate').children(TAG.sequence);
  const hasAlgorithm = first?.tag === TAG.sequence;
  const hash = need(hasAlgorithm ? second : first, 'signing certificate hash').expect(TAG.octetString).content;
  return { algorithm: hasAlgorithm ? algorithmOf(first, 'hash algorithm') : defaultAlgorithm, hash };
}

const READERS: Record<string, (value: DerNode, into: SignedAttributes) => void> = {
  [OID.contentType]: (value, into) => {
    into.contentType = value.oid();
  },
  [OID.messageDigest]: (value, into) => {
    into.messageDigest = value.expect(TAG.octetString).content;
  },
  [OID.signingTime]: (value, into) => {
    into.signingTime = decodeTime(value);
  },
  [OID.signingCertificate]: (value, into) => {
    into.certificateHash ??= readCertificateHash(value, OID.sha1);
  },
  [OID.signingCertificateV2]: (value, into) => {
    into.certificateHash = readCertificateHash(value, OID.sha256);
  },
};

function readSignedAttributes(node: DerNode): SignedAttributes {
  const der = Buffer.from(node.der);
  der[0] = TAG.set; // Carried as [0], signed as SET (RFC 5652 5.4).
  const into: SignedAttributes = { der };
  const seen = new Set<string>();
  for (const attribute of node.children()) {
    const [id, values] = attribute.children(TAG.sequence);
    const type = need(id, 'attribute type').oid();
    const reader = READERS[type];
    if (!reader) continue;
    if (seen.has(type)) throw malformed(`attribute ${type} is repeated`);
    seen.add(type);
    reader(need(need(values, 'attribute value').children(TAG.set)[0], 'attribute value'), into);
  }
  return into;
}

/** SignerIdentifier is issuerAndSerialNumber, or [0] subjectKeyIdentifier. */
function signerMatcher(sid: DerNode): ParsedCms['isSigner'] {
  if (sid.tag === 0x80) {
    const id = sid.content;
    return (certificate) => certificate.subjectKeyId?.equals(id) === true;
  }
  const [issuer, serial] = sid.children(TAG.sequence);
  const name = need(issuer, 'signer issuer').der;
  const number = need(serial, 'signer serial number').unsigned();
  return (certificate) => certificate.issuerDer.equals(name) && certificate.serial.equals(number);
}

function embeddedCertificates(node: DerNode | undefined): ParsedCertificate[] {
  const list = node?.children().filter(({ tag }) => tag === TAG.sequence) ?? [];
  if (list.length > MAX_CERTIFICATES) {
    throw new PkiError('limit-exceeded', `CMS: more than ${MAX_CERTIFICATES} certificates`);
  }
  return list.map(({ der }) => parseCertificate(der));
}

type SignerFields = 'digestAlgorithm' | 'signatureAlgorithm' | 'signature' | 'isSigner' | 'signed' | 'timestampToken';

function readTimestamp(unsigned: DerNode | undefined): Buffer | undefined {
  for (const attribute of unsigned?.children() ?? []) {
    const [id, values] = attribute.children(TAG.sequence);
    if (id?.oid() === OID.timeStampToken) return need(values?.children(TAG.set)[0], 'time-stamp').der;
  }
  return undefined;
}

function readSigner(node: DerNode): Pick<ParsedCms, SignerFields> {
  const [, sid, digestAlgorithm, ...rest] = node.children(TAG.sequence);
  const attributes = rest[0]?.tag === 0xa0 ? rest.shift() : undefined;
  const [signatureAlgorithm, signature, unsigned] = rest;
  return {
    isSigner: signerMatcher(need(sid, 'signer identifier')),
    digestAlgorithm: algorithmOf(digestAlgorithm, 'digest algorithm'),
    signatureAlgorithm: algorithmOf(signatureAlgorithm, 'signature algorithm'),
    signature: need(signature, 'signature').expect(TAG.octetString).content,
    signed: attributes && readSignedAttributes(attributes),
    timestampToken: readTimestamp(unsigned?.tag === 0xa1 ? unsigned : undefined),
  };
}

/** More signatures of one document than anybody collects; each costs a verification. */
const MAX_SIGNERS = 64;

/**
 * Reads a CMS SignedData (RFC 5652 5.1), DER or BER, attached or detached: one entry per SignerInfo, in their order.
 * @throws PkiError `malformed` or `limit-exceeded`, nothing else
 */
export function parseCmsSigners(cms: Buffer): ParsedCms[] {
  const [type, explicit] = readDer(berToDer(cms, CMS_LIMITS), CMS_LIMITS).children(TAG.sequence);
  if (need(type, 'content type').oid() !== OID.signedData) throw malformed('content type is not SignedData');
  const [, , encapsulated, ...rest] = need(explicit, 'content').expect(0xa0).single().children(TAG.sequence);
  const [contentType, content] = need(encapsulated, 'encapsulated content').children(TAG.sequence);
  const signers = need(rest.at(-1), 'signer list').children(TAG.set);
  need(signers[0], 'signer');
  if (signers.length > MAX_SIGNERS) throw new PkiError('limit-exceeded', `CMS: more than ${MAX_SIGNERS} signers`);
  const common = {
    contentType: need(contentType, 'encapsulated content type').oid(),
    attachedContent: content?.expect(0xa0).single().expect(TAG.octetString).content,
    certificates: embeddedCertificates(rest.find(({ tag }) => tag === 0xa0)),
    signerCount: signers.length,
  };
  return signers.map((signer) => ({ ...common, ...readSigner(signer) }));
}

/** The first signature of `parseCmsSigners`. @throws PkiError `malformed` or `limit-exceeded`, nothing else */
export const parseCms = (cms: Buffer): ParsedCms => parseCmsSigners(cms)[0]!;
