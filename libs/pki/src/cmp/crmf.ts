import type { DerNode } from '../der/der-reader.js';
import { TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { suiteOfSpki, verifySignature } from '../suites/registry.js';
import { parseName } from '../x509/names.js';
import type { SubjectAttribute } from '../x509/names.js';
import { OID } from '../x509/oids.js';

/** A certificate named by its issuer and serial number. */
export interface CertificateReference {
  /** Issuer Name, DER. */
  issuerDer: Buffer;
  /** Unsigned big-endian bytes. */
  serial: Buffer;
}

/** What a client wants in a certificate (RFC 4211 5); every field may be absent. */
export interface CertTemplate {
  issuerDer?: Buffer;
  serial?: Buffer;
  subject?: SubjectAttribute[];
  subjectDer?: Buffer;
  spki?: Buffer;
  /** Validity or extensions are asked for, which an authority grants by its own policy. */
  hasWishes: boolean;
}

/** How possession of the key is proved: by a signature that verifies or does not, by the word of an RA, not at all, or in a way not known here. */
export type ProofOfPossession = 'proved' | 'wrong' | 'ra-verified' | 'absent' | 'unsupported';

/** One CertReqMsg (RFC 4211 3). */
export interface CertRequestMessage {
  id: number;
  template: CertTemplate;
  proof: ProofOfPossession;
  /** The certificate to be replaced, when the message names one. */
  oldCertificate?: CertificateReference;
}

const MAX_REQUESTS = 16;
const malformed = (why: string): PkiError => new PkiError('malformed', `CRMF: ${why}`);

/** An implicitly tagged SEQUENCE with its own tag back. */
function asSequence(node: DerNode): Buffer {
  const der = Buffer.from(node.der);
  der[0] = TAG.sequence;
  return der;
}

/** An implicitly tagged INTEGER's unsigned bytes. */
function implicitUnsigned(node: DerNode): Buffer {
  const bytes = node.content;
  if (bytes.length === 0 || bytes.length > 21 || (bytes[0]! & 0x80) !== 0)
    throw malformed('serial number is not valid');
  return bytes.length > 1 && bytes[0] === 0 ? bytes.subarray(1) : bytes;
}

type TemplateReader = (node: DerNode, into: CertTemplate) => void;

/** Fields of a CertTemplate by their tags: implicit ones, but for names, which are a CHOICE and hence explicit. */
const TEMPLATE_FIELDS: Readonly<Record<number, TemplateReader | undefined>> = {
  0x81: (node, into) => void (into.serial = implicitUnsigned(node)),
  0xa3: (node, into) => void (into.issuerDer = node.single().der),
  0xa4: (_, into) => void (into.hasWishes = true),
  0xa5: (node, into) => {
    const name = node.single();
    into.subject = parseName(name);
    into.subjectDer = name.der;
  },
  0xa6: (node, into) => void (into.spki = asSequence(node)),
  0xa9: (_, into) => void (into.hasWishes = true),
};

/** Reads a CertTemplate. @throws PkiError `malformed` */
export function parseCertTemplate(node: DerNode): CertTemplate {
  const template: CertTemplate = { hasWishes: false };
  for (const field of node.children(TAG.sequence)) TEMPLATE_FIELDS[field.tag]?.(field, template);
  return template;
}

function checkSignature(popo: DerNode, request: DerNode, spki: Buffer): ProofOfPossession {
  const [algorithm, signature] = popo.children();
  // A separate poposkInput is for clients that do not name subject and key in the template (RFC 4211 4.1).
  if (algorithm?.tag === 0xa0) return 'unsupported';
  const id = algorithm?.children(TAG.sequence)[0];
  if (!id || !signature) throw malformed('proof of possession lacks a field');
  const isRight = verifySignature({ algorithm: id.oid(), spki, data: request.der, signature: signature.bits() });
  return isRight ? 'proved' : 'wrong';
}

function readProof(popo: DerNode | undefined, request: DerNode, spki: Buffer | undefined): ProofOfPossession {
  if (popo?.tag === 0x80) return 'ra-verified';
  if (popo?.tag === 0xa1) return spki ? checkSignature(popo, request, spki) : 'unsupported';
  return popo?.tag === 0xa2 || popo?.tag === 0xa3 ? 'unsupported' : 'absent';
}

function readOldCertificate(controls: DerNode | undefined): CertificateReference | undefined {
  for (const control of controls?.children(TAG.sequence) ?? []) {
    const [id, value] = control.children(TAG.sequence);
    if (id?.oid() !== OID.regCtrlOldCertId) continue;
    const [issuer, serial] = value?.children(TAG.sequence) ?? [];
    if (!issuer || !serial) throw malformed('old certificate id lacks a field');
    // GeneralName directoryName: [4] explicit.
    return { issuerDer: issuer.expect(0xa4).single().der, serial: serial.unsigned() };
  }
  return undefined;
}

/** @throws PkiError `unsupported-algorithm` for a key of a kind that is not known here */
function knownKey(template: CertTemplate): CertTemplate {
  if (!template.spki || suiteOfSpki(template.spki)) return template;
  throw new PkiError('unsupported-algorithm', 'request has a key of an unsupported kind');
}

function readRequest(message: DerNode): CertRequestMessage {
  const [request, second] = message.children(TAG.sequence);
  const [id, template, controls] = request?.children(TAG.sequence) ?? [];
  if (!request || !id || !template) throw malformed('request lacks a field');
  const wanted = knownKey(parseCertTemplate(template));
  const popo = second?.tag === TAG.sequence ? undefined : second;
  const oldCertificate = readOldCertificate(controls);
  return {
    id: id.smallInteger(),
    template: wanted,
    proof: readProof(popo, request, wanted.spki),
    ...(oldCertificate ? { oldCertificate } : {}),
  };
}

/**
 * Reads CertReqMessages: the body of ir, cr and kur.
 * @throws PkiError `malformed`, `limit-exceeded`, `unsupported-algorithm` or `invalid-key`
 */
export function parseCertRequests(body: DerNode): CertRequestMessage[] {
  const list = body.children(TAG.sequence);
  if (list.length === 0) throw malformed('no certificate is requested');
  if (list.length > MAX_REQUESTS) throw new PkiError('limit-exceeded', `CRMF: more than ${MAX_REQUESTS} requests`);
  return list.map(readRequest);
}
