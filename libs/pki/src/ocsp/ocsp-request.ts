import { readDer } from '../der/der-reader.js';
import type { DerNode } from '../der/der-reader.js';
import { TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { OID } from '../x509/oids.js';

/** One certificate asked about (RFC 6960 4.1.1). Buffers are windows on the request. */
export interface OcspCertId {
  /** The whole CertID, to be repeated in the answer as it came. */
  der: Buffer;
  hashAlgorithm: string;
  issuerNameHash: Buffer;
  issuerKeyHash: Buffer;
  /** Unsigned big-endian bytes. */
  serial: Buffer;
}

/** What a client asks an OCSP responder. */
export interface OcspRequest {
  certIds: OcspCertId[];
  /** The nonce extension's value (DER of an OCTET STRING, or the bare bytes some clients send). */
  nonce?: Buffer;
}

const MAX_CERTIFICATES = 100;
const MAX_NONCE_BYTES = 128;

function readCertId(request: DerNode): OcspCertId {
  const [certId] = request.children(TAG.sequence);
  const [algorithm, nameHash, keyHash, serial] = certId?.children(TAG.sequence) ?? [];
  const hashAlgorithm = algorithm?.children(TAG.sequence)[0];
  if (!certId || !hashAlgorithm || !nameHash || !keyHash || !serial) {
    throw new PkiError('malformed', 'OCSP: certificate id lacks a field');
  }
  return {
    der: certId.der,
    hashAlgorithm: hashAlgorithm.oid(),
    issuerNameHash: nameHash.expect(TAG.octetString).content,
    issuerKeyHash: keyHash.expect(TAG.octetString).content,
    serial: serial.unsigned(),
  };
}

function readNonce(extensions: DerNode | undefined): Buffer | undefined {
  for (const extension of extensions?.single().children(TAG.sequence) ?? []) {
    const [id, ...rest] = extension.children(TAG.sequence);
    if (id?.oid() !== OID.ocspNonce) continue;
    const value = rest.at(-1)?.expect(TAG.octetString).content;
    if (value === undefined || value.length > MAX_NONCE_BYTES)
      throw new PkiError('malformed', 'OCSP: nonce is too long');
    return value;
  }
  return undefined;
}

/**
 * Reads an OCSPRequest; its own signature, when there is one, is not checked.
 * @throws PkiError `malformed` or `limit-exceeded` (more than 100 certificates)
 */
export function parseOcspRequest(der: Buffer): OcspRequest {
  const [tbs] = readDer(der).children(TAG.sequence);
  const fields = tbs?.children(TAG.sequence) ?? [];
  const list = fields.find(({ tag }) => tag === TAG.sequence)?.children() ?? [];
  if (list.length === 0) throw new PkiError('malformed', 'OCSP: no certificate is asked about');
  if (list.length > MAX_CERTIFICATES) {
    throw new PkiError('limit-exceeded', `OCSP: more than ${MAX_CERTIFICATES} certificates`);
  }
  const nonce = readNonce(fields.find(({ tag }) => tag === 0xa2));
  return { certIds: list.map(readCertId), ...(nonce === undefined ? {} : { nonce }) };
}
