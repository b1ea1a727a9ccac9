import { readDer } from '../der/der-reader.js';
import type { DerNode } from '../der/der-reader.js';
import { decodeTime } from '../der/der-strings.js';
import { sequence, TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { OID } from '../x509/oids.js';
import { cmpBodyName } from './cmp-names.js';
import type { CmpBodyName } from './cmp-names.js';

/** What a CMP message says about itself (RFC 4210 5.1.1). Buffers are windows on the message. */
export interface CmpHeader {
  /** 2, or 3 for RFC 9480. */
  version: number;
  /** GeneralName, DER. */
  sender: Buffer;
  recipient: Buffer;
  time?: Date;
  senderKid?: Buffer;
  transactionId?: Buffer;
  senderNonce?: Buffer;
  recipientNonce?: Buffer;
  /** The client asks to go without a certConf. */
  wantsImplicitConfirm: boolean;
}

/** How a message is protected: the algorithm, its parameters and the value, over `data`. */
export interface CmpProtection {
  algorithm: string;
  parameters: DerNode | undefined;
  value: Buffer;
  /** What is protected: SEQUENCE{header, body}. */
  data: Buffer;
}

/** One CMP message taken apart; nothing in it is believed until its protection is checked. */
export interface CmpMessage {
  header: CmpHeader;
  /** Undefined for a body of a kind this library does not know. */
  bodyName: CmpBodyName | undefined;
  body: DerNode;
  /** Undefined for a message without protection. */
  protection: CmpProtection | undefined;
  /** Certificates sent along, DER. */
  extraCertificates: Buffer[];
}

const LIMITS = { maxBytes: 256 * 1024, maxDepth: 24 };
const MAX_EXTRA_CERTIFICATES = 16;
const MAX_OCTETS = 256;

const malformed = (why: string): PkiError => new PkiError('malformed', `CMP: ${why}`);

function octets(node: DerNode): Buffer {
  const value = node.single().expect(TAG.octetString).content;
  if (value.length > MAX_OCTETS) throw malformed(`header value is longer than ${MAX_OCTETS} bytes`);
  return value;
}

function wantsImplicitConfirm(generalInfo: DerNode): boolean {
  const entries = generalInfo.single().children(TAG.sequence);
  return entries.some((entry) => entry.children(TAG.sequence)[0]?.oid() === OID.cmpImplicitConfirm);
}

type HeaderReader = (node: DerNode, into: CmpHeader) => void;

/** Optional header fields by their explicit tags. */
const HEADER_FIELDS: Readonly<Record<number, HeaderReader | undefined>> = {
  0xa0: (node, into) => void (into.time = decodeTime(node.single().expect(TAG.generalizedTime))),
  0xa2: (node, into) => void (into.senderKid = octets(node)),
  0xa4: (node, into) => void (into.transactionId = octets(node)),
  0xa5: (node, into) => void (into.senderNonce = octets(node)),
  0xa6: (node, into) => void (into.recipientNonce = octets(node)),
  0xa8: (node, into) => void (into.wantsImplicitConfirm = wantsImplicitConfirm(node)),
};

function readHeader(node: DerNode): { header: CmpHeader; algorithm: DerNode | undefined } {
  const [version, sender, recipient, ...fields] = node.children(TAG.sequence);
  if (!version || !sender || !recipient) throw malformed('header lacks a required field');
  const header: CmpHeader = {
    version: version.smallInteger(),
    sender: sender.der,
    recipient: recipient.der,
    wantsImplicitConfirm: false,
  };
  for (const field of fields) HEADER_FIELDS[field.tag]?.(field, header);
  return { header, algorithm: fields.find(({ tag }) => tag === 0xa1)?.single() };
}

function readProtection(
  algorithm: DerNode | undefined,
  bits: DerNode | undefined,
  data: () => Buffer,
): CmpProtection | undefined {
  if (!algorithm && !bits) return undefined;
  if (!algorithm || !bits) throw malformed('protection needs both an algorithm and a value');
  const [id, parameters] = algorithm.children(TAG.sequence);
  if (!id) throw malformed('protection algorithm is empty');
  return { algorithm: id.oid(), parameters, value: bits.single().bits(), data: data() };
}

function readExtraCertificates(node: DerNode | undefined): Buffer[] {
  const list = node?.single().children(TAG.sequence) ?? [];
  if (list.length > MAX_EXTRA_CERTIFICATES) {
    throw new PkiError('limit-exceeded', `CMP: more than ${MAX_EXTRA_CERTIFICATES} extra certificates`);
  }
  return list.map(({ der }) => der);
}

/** Members of a PKIMessage whose body tag is one of the choices. */
function openMessage(der: Buffer): { header: DerNode; body: DerNode; rest: DerNode[] } {
  const [header, body, ...rest] = readDer(der, LIMITS).children(TAG.sequence);
  if (!header || !body) throw malformed('message lacks header or body');
  if ((body.tag & 0xe0) !== 0xa0) throw malformed('body must carry a context tag');
  return { header, body, rest };
}

/**
 * Reads a PKIMessage (RFC 4210 5.1, RFC 9480).
 * @throws PkiError `malformed` or `limit-exceeded`, nothing else
 */
export function parseCmpMessage(der: Buffer): CmpMessage {
  const { header: headerNode, body, rest } = openMessage(der);
  const { header, algorithm } = readHeader(headerNode);
  const bits = rest.find(({ tag }) => tag === 0xa0);
  return {
    header,
    bodyName: cmpBodyName(body.tag & 0x1f),
    body: body.single(),
    protection: readProtection(algorithm, bits, () => sequence(headerNode.der, body.der)),
    extraCertificates: readExtraCertificates(rest.find(({ tag }) => tag === 0xa1)),
  };
}

/** The kind of a message, with nothing else read; undefined for anything that is not one. Never throws. */
export function peekCmpBody(der: Buffer): CmpBodyName | undefined {
  try {
    return cmpBodyName(openMessage(der).body.tag & 0x1f);
  } catch (failure) {
    if (failure instanceof PkiError) return undefined;
    throw failure;
  }
}
