import {
  bitString,
  context,
  generalizedTime,
  integer,
  NULL,
  octetString,
  oid,
  sequence,
  TAG,
  tlv,
} from '../der/der-writer.js';
import type { KeyPair } from '../suites/signature-suite.js';
import { OID } from '../x509/oids.js';
import { CMP_BODY, CMP_FAILURES, CMP_STATUS } from './cmp-names.js';
import type { CmpBodyName, CmpFailure, CmpStatus } from './cmp-names.js';
import { passwordMac, passwordMacAlgorithm } from './password-mac.js';
import type { PasswordMacParameters } from './password-mac.js';

/** Protects what is sent: its algorithm goes into the header, its value over header and body. */
export interface CmpProtector {
  algorithm: Buffer;
  senderKid: Buffer | undefined;
  protect(data: Buffer): Buffer;
}

/** Signs with the key behind `keyId`. */
export const signatureProtector = (keyPair: KeyPair, keyId: Buffer): CmpProtector => ({
  algorithm: keyPair.owner.signatureAlgorithm,
  senderKid: keyId,
  protect: (data) => keyPair.sign(data),
});

/** Protects with the password both sides know under a reference. */
export const passwordProtector = (
  secret: Buffer,
  reference: Buffer | undefined,
  parameters: PasswordMacParameters,
): CmpProtector => ({
  algorithm: passwordMacAlgorithm(parameters),
  senderKid: reference,
  protect: (data) => passwordMac(secret, parameters, data),
});

/** One message to send. */
export interface CmpReply {
  version: number;
  /** GeneralNames, DER. */
  sender: Buffer;
  recipient: Buffer;
  time?: Date;
  transactionId?: Buffer | undefined;
  senderNonce?: Buffer | undefined;
  recipientNonce?: Buffer | undefined;
  /** The client may go without certConf. */
  grantsImplicitConfirm?: boolean;
  body: CmpBodyName;
  /** The body's value, DER. */
  content: Buffer;
  protector?: CmpProtector;
  extraCertificates?: readonly Buffer[];
}

/** GeneralName of a distinguished name. */
export const directoryName = (nameDer: Buffer): Buffer => context(4, nameDer);

const optional = (n: number, value: Buffer | undefined): Buffer[] => (value ? [context(n, octetString(value))] : []);

function headerOf(reply: CmpReply): Buffer {
  const { protector } = reply;
  const confirm = sequence(sequence(oid(OID.cmpImplicitConfirm), NULL));
  return sequence(
    integer(reply.version),
    reply.sender,
    reply.recipient,
    ...(reply.time ? [context(0, generalizedTime(reply.time))] : []),
    ...(protector ? [context(1, protector.algorithm)] : []),
    ...optional(2, protector?.senderKid),
    ...optional(4, reply.transactionId),
    ...optional(5, reply.senderNonce),
    ...optional(6, reply.recipientNonce),
    ...(reply.grantsImplicitConfirm ? [context(8, confirm)] : []),
  );
}

/** PKIMessage, DER. */
export function encodeCmpMessage(reply: CmpReply): Buffer {
  const header = headerOf(reply);
  const body = context(CMP_BODY[reply.body], reply.content);
  const { protector, extraCertificates = [] } = reply;
  const protection = protector ? [context(0, bitString(protector.protect(sequence(header, body))))] : [];
  const extra = extraCertificates.length > 0 ? [context(1, sequence(...extraCertificates))] : [];
  return sequence(header, body, ...protection, ...extra);
}

/** A named bit list with one bit set, without trailing zero bits. */
function failureBits(failure: CmpFailure): Buffer {
  const bit = CMP_FAILURES[failure];
  const bytes = Buffer.alloc((bit >> 3) + 1);
  bytes[bit >> 3] = 0x80 >> (bit & 7);
  return bitString(bytes, 7 - (bit & 7));
}

/** PKIStatusInfo (RFC 4210 5.2.3). */
export function cmpStatusInfo(status: CmpStatus, text?: string, failure?: CmpFailure): Buffer {
  const freeText = text === undefined ? [] : [sequence(tlv(TAG.utf8String, Buffer.from(text, 'utf8')))];
  return sequence(integer(CMP_STATUS[status]), ...freeText, ...(failure ? [failureBits(failure)] : []));
}

/** ErrorMsgContent: the body of `error`. */
export const cmpErrorContent = (failure: CmpFailure, text: string): Buffer =>
  sequence(cmpStatusInfo('rejection', text, failure));

/** An answer to one certificate request: its status, and the certificate when it is granted. */
export interface CertAnswer {
  requestId: number;
  /** PKIStatusInfo, DER. */
  status: Buffer;
  certificate?: Buffer;
}

/** INTEGER of a request id; -1 is that of p10cr (RFC 9480 2.12). */
const requestIdDer = (id: number): Buffer => (id < 0 ? Buffer.from('0201ff', 'hex') : integer(id));

/** CertResponse with the certificate in clear. */
function certResponse({ requestId, status, certificate }: CertAnswer): Buffer {
  return sequence(requestIdDer(requestId), status, ...(certificate ? [sequence(context(0, certificate))] : []));
}

/** CertRepMessage: the body of ip, cp and kup. @param caPublications certificates of the authority to be trusted */
export const certReplyContent = (answers: readonly CertAnswer[], caPublications: readonly Buffer[] = []): Buffer =>
  sequence(
    ...(caPublications.length > 0 ? [context(1, sequence(...caPublications))] : []),
    sequence(...answers.map(certResponse)),
  );

/** RevRepContent: one status per certificate. */
export const revocationReplyContent = (statuses: readonly Buffer[]): Buffer => sequence(sequence(...statuses));

/** PollRepContent: when to ask again. */
export const pollReplyContent = (requestId: number, checkAfterSeconds: number): Buffer =>
  sequence(sequence(requestIdDer(requestId), integer(checkAfterSeconds)));

/** GenRepContent: InfoTypeAndValue entries; a value may be absent. */
export const generalReplyContent = (entries: readonly (readonly [string, Buffer | undefined])[]): Buffer =>
  sequence(...entries.map(([type, value]) => sequence(oid(type), ...(value ? [value] : []))));

/** The body of pkiconf. */
export const CMP_CONFIRMED = NULL;
