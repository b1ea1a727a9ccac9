import { ProtocolError } from '@poligon/emulator-kit';
import {
  PkiError,
  readDer,
  readXml,
  verifyCms,
  xmlAttributeOf,
  xmlChild,
  xmlChildren,
  type SubjectAttribute,
  type XmlElement,
} from '@poligon/pki';
import { Refusal } from '../../domain/refusal.js';
import { checkedCsr } from '../../flow/enrolment.js';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const OBJECT_IDENTIFIER = 0x06;
const MAX_ATTRIBUTES = 100;
const OID = /^[0-2](\.\d{1,12}){1,20}$/;
const REVOCATION = /^\s*SN=([0-9a-fA-F]{1,64}),\s*TP=([0-9a-fA-F ]{0,64}),\s*RR=(\d{1,2})\s*$/;

/** A user to register: what is known of them, and their key when the request is PKCS#10. */
export interface Registration {
  readonly attributes: readonly SubjectAttribute[];
  readonly spki?: Buffer;
}

/** A certificate to revoke. */
export interface RevocationOrder {
  /** Upper-case hex. */
  readonly serialHex: string;
  /** SHA-1 of the certificate, upper-case hex; empty when the client left it out. */
  readonly thumbprint: string;
  /** CRLReason (RFC 5280 5.3.1) in digits. */
  readonly reason: string;
}

const refused = (text?: string): ProtocolError =>
  new ProtocolError('invalid_request', text === undefined ? {} : { text });

function bytesOf(rawRequest: string): Buffer {
  const packed = rawRequest.replace(/\s/g, '');
  if (packed === '' || !BASE64.test(packed)) throw refused();
  return Buffer.from(packed, 'base64');
}

/** A CMS begins with the OID of its type; a PKCS#10 request with a structure. */
function isCms(bytes: Buffer): boolean {
  return readDer(bytes).children(0x30)[0]?.tag === OBJECT_IDENTIFIER;
}

/** Text of a request that its operator has signed. @throws ProtocolError `invalid_request`, `invalid_signature` */
function signedText(bytes: Buffer): string {
  const { valid, reason, attachedContent } = verifyCms(bytes, undefined);
  if (attachedContent === undefined) throw refused();
  if (!valid) throw new ProtocolError('invalid_signature', { text: `Подпись запроса недействительна: ${reason}` });
  const isWide = attachedContent.length > 1 && (attachedContent[1] === 0 || attachedContent[0] === 0xff);
  return attachedContent.toString(isWide ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
}

/** Our own readers' refusals are the client's to know; texts of others stay inside. */
function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (failure) {
    if (failure instanceof PkiError || failure instanceof Refusal)
      throw refused(`Неверный формат запроса: ${failure.message}`);
    throw failure;
  }
}

/**
 * `SubmitAndAcceptRegRequest`: a CMS over `<ProfileAttributesChange><To><Attribute Oid Value/>`, or PKCS#10.
 * @throws ProtocolError `invalid_request`, `invalid_signature`
 */
export function readRegistration(rawRequest: string): Registration {
  const bytes = bytesOf(rawRequest);
  return reading(() => {
    if (isCms(bytes)) return { attributes: profileAttributes(readXml(signedText(bytes))) };
    const { subject, spki } = checkedCsr(bytes);
    return { attributes: subject, spki };
  });
}

function profileAttributes(root: XmlElement): SubjectAttribute[] {
  const to = root.local === 'ProfileAttributesChange' ? xmlChild(root, 'To') : undefined;
  if (to === undefined) throw refused();
  const attributes = xmlChildren(to, 'Attribute').map((attribute) => ({
    oid: xmlAttributeOf(attribute, 'Oid') ?? '',
    value: xmlAttributeOf(attribute, 'Value') ?? '',
  }));
  const isAcceptable = attributes.every(({ oid, value }) => OID.test(oid) && value.length <= 1000);
  if (attributes.length === 0 || attributes.length > MAX_ATTRIBUTES || !isAcceptable) throw refused();
  return attributes;
}

/** `SubmitAndAcceptRevRequest`: a CMS over `SN=<hex>,TP=<hex>,RR=<reason>`. @throws ProtocolError `invalid_request`, `invalid_signature` */
export function readRevocationOrder(rawRequest: string): RevocationOrder {
  const bytes = bytesOf(rawRequest);
  return reading(() => {
    if (!isCms(bytes)) throw refused();
    const found = REVOCATION.exec(signedText(bytes));
    if (found === null) throw refused();
    const [, serial, thumbprint, reason] = found;
    return {
      serialHex: serial!.toUpperCase(),
      thumbprint: thumbprint!.replace(/ /g, '').toUpperCase(),
      reason: String(Number(reason)),
    };
  });
}
