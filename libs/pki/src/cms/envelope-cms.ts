import {
  constants,
  createCipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  publicEncrypt,
  type KeyObject,
} from 'node:crypto';
import { bitString, context, integer, NULL, octetString, oid, sequence, set, setOf } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import type { RandomBytes } from '../suites/signature-suite.js';
import { OID } from '../x509/oids.js';
import { parseCertificate, type ParsedCertificate } from '../x509/parse-certificate.js';

const ENVELOPED_DATA = oid('1.2.840.113549.1.7.3');
const AES_256_CBC = oid('2.16.840.1.101.3.4.1.42');
const AES_256_WRAP = sequence(oid('2.16.840.1.101.3.4.1.45'));
/** dhSinglePass-stdDH-sha256kdf-scheme (SEC 1; RFC 5753 7.1.4). */
const ECDH_SHA256 = oid('1.3.132.1.11.1');
const KEY_BYTES = 32;
const IV_BYTES = 16;

export interface EnvelopeCmsOptions {
  readonly content: Buffer;
  /** Certificates (DER) of those who may read it, at least one. */
  readonly recipients: readonly Buffer[];
  readonly randomBytes: RandomBytes;
}

const identifier = ({ issuerDer, serial }: ParsedCertificate): Buffer => sequence(issuerDer, integer(serial));

/** KeyTransRecipientInfo (RFC 5652 6.2.1) for RSA. */
function transported(recipient: ParsedCertificate, key: KeyObject, secret: Buffer): Buffer {
  const wrapped = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, secret);
  return sequence(integer(0), identifier(recipient), sequence(oid(OID.rsaEncryption), NULL), octetString(wrapped));
}

/** KeyAgreeRecipientInfo (RFC 5753 3.1) for P-256: an ephemeral key, KDF X9.63 with SHA-256, AES key wrap. */
function agreed(recipient: ParsedCertificate, key: KeyObject, secret: Buffer): Buffer {
  const own = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const shared = diffieHellman({ privateKey: own.privateKey, publicKey: key });
  const bits = Buffer.alloc(4);
  bits.writeUInt32BE(KEY_BYTES * 8);
  const information = sequence(AES_256_WRAP, context(2, octetString(bits)));
  const counter = Buffer.from([0, 0, 0, 1]);
  const wrapKey = createHash('sha256').update(shared).update(counter).update(information).digest();
  const cipher = createCipheriv('id-aes256-wrap', wrapKey, Buffer.alloc(8, 0xa6));
  const wrapped = Buffer.concat([cipher.update(secret), cipher.final()]);
  const { x, y } = own.publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x!, 'base64url'), Buffer.from(y!, 'base64url')]);
  const originator = context(0, context(1, sequence(oid(OID.ecPublicKey)), bitString(point)));
  const algorithm = sequence(ECDH_SHA256, AES_256_WRAP);
  return context(1, integer(3), originator, algorithm, sequence(sequence(identifier(recipient), octetString(wrapped))));
}

function recipientInfo(certificate: Buffer, secret: Buffer): Buffer {
  const recipient = parseCertificate(certificate);
  const kind = recipient.suite;
  if (kind !== 'rsa-2048' && kind !== 'ecdsa-p256') {
    throw new PkiError('unsupported-algorithm', 'documents are encrypted for RSA and P-256 keys only');
  }
  try {
    const key = createPublicKey({ key: recipient.spki, format: 'der', type: 'spki' });
    return kind === 'rsa-2048' ? transported(recipient, key, secret) : agreed(recipient, key, secret);
  } catch (cause) {
    throw new PkiError('invalid-key', 'the public key of the certificate cannot be used', { cause });
  }
}

/**
 * CMS EnvelopedData (RFC 5652 6), AES-256-CBC, DER; every recipient opens it with a key of their own.
 * @throws PkiError `malformed` for a bad certificate, `invalid-key` for a point off the curve and the like, `unsupported-algorithm` for a key of
 * another kind, GOST included
 */
export function envelopeCms({ content, recipients, randomBytes }: EnvelopeCmsOptions): Buffer {
  const [secret, iv] = [randomBytes(KEY_BYTES), randomBytes(IV_BYTES)];
  const infos = recipients.map((recipient) => recipientInfo(recipient, secret));
  const hasAgreement = infos.some((info) => info[0] === 0xa1);
  const cipher = createCipheriv('aes-256-cbc', secret, iv);
  const encrypted = Buffer.concat([cipher.update(content), cipher.final()]);
  const body = sequence(
    // RFC 5652 6.1: 2 as soon as a recipient is not of the first kind.
    integer(hasAgreement ? 2 : 0),
    infos.length === 1 ? set(infos[0]!) : setOf(infos),
    sequence(oid(OID.data), sequence(AES_256_CBC, octetString(iv)), tagged(encrypted)),
  );
  return sequence(ENVELOPED_DATA, context(0, body));
}

/** `[0] IMPLICIT OCTET STRING`. */
function tagged(encrypted: Buffer): Buffer {
  const octets = octetString(encrypted);
  octets[0] = 0x80;
  return octets;
}
