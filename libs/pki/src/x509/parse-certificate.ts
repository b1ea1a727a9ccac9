import { createHash } from 'node:crypto';
import { readDer } from '../der/der-reader.js';
import type { DerNode } from '../der/der-reader.js';
import { decodeTime } from '../der/der-strings.js';
import { TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { suiteOfSpki } from '../suites/registry.js';
import type { SuiteId } from '../suites/signature-suite.js';
import { streebog256 } from '../suites/streebog.js';
import type { SubjectAttribute } from './names.js';
import { parseName } from './names.js';
import { parseExtensions } from './parse-extensions.js';
import type { ParsedExtensions } from './parse-extensions.js';

/** What a certificate says. Buffers are windows on the bytes given. */
export interface ParsedCertificate extends ParsedExtensions {
  der: Buffer;
  /** The signed part. */
  tbs: Buffer;
  serial: Buffer;
  /** Upper-case hex without leading zero bytes. */
  serialHex: string;
  /** Issuer Name, DER. */
  issuerDer: Buffer;
  /** Issuer attributes by OID; of a repeated attribute the last one. */
  issuer: Record<string, string>;
  subjectDer: Buffer;
  subject: Record<string, string>;
  /** In encoding order, repeats kept. */
  subjectAttributes: SubjectAttribute[];
  notBefore: Date;
  notAfter: Date;
  spki: Buffer;
  /** Undefined for a key of a kind this library does not verify with. */
  suite: SuiteId | undefined;
  signatureAlgorithm: string;
  signature: Buffer;
}

/** SEQUENCE{tbs, AlgorithmIdentifier, BIT STRING}: certificates and requests alike. */
export function openSigned(der: Buffer): { tbs: DerNode; algorithm: string; signature: Buffer } {
  const [tbs, algorithm, signature] = readDer(der).children(TAG.sequence);
  const id = algorithm?.children(TAG.sequence)[0];
  if (!tbs || !id || !signature) throw new PkiError('malformed', 'expected a signed structure of three parts');
  return { tbs, algorithm: id.oid(), signature: signature.bits() };
}

const byOid = (list: readonly SubjectAttribute[]): Record<string, string> =>
  Object.fromEntries(list.map(({ oid, value }) => [oid, value]));

function parseValidity(node: DerNode): { notBefore: Date; notAfter: Date } {
  const [from, to] = node.children(TAG.sequence);
  if (!from || !to) throw new PkiError('malformed', 'certificate validity must hold two times');
  return { notBefore: decodeTime(from), notAfter: decodeTime(to) };
}

/**
 * Reads an X.509 v3 certificate (RFC 5280 4.1) strictly as DER.
 * @throws PkiError `malformed` or `limit-exceeded`, nothing else.
 */
export function parseCertificate(der: Buffer): ParsedCertificate {
  const { tbs, algorithm, signature } = openSigned(der);
  const fields = tbs.children(TAG.sequence);
  const hasVersion = fields[0]?.tag === 0xa0;
  const [serial, , issuer, validity, subject, spki, ...optional] = hasVersion ? fields.slice(1) : fields;
  if (!serial || !issuer || !validity || !subject || !spki) {
    throw new PkiError('malformed', 'certificate lacks a required field');
  }
  const attributes = parseName(subject);
  const extensions = optional.find(({ tag }) => tag === 0xa3);
  const serialBytes = serial.unsigned();
  return {
    der,
    tbs: tbs.der,
    serial: serialBytes,
    serialHex: serialBytes.toString('hex').toUpperCase(),
    issuerDer: issuer.der,
    issuer: byOid(parseName(issuer)),
    subjectDer: subject.der,
    subject: byOid(attributes),
    subjectAttributes: attributes,
    ...parseValidity(validity),
    spki: spki.expect(TAG.sequence).der,
    suite: suiteOfSpki(spki.der),
    signatureAlgorithm: algorithm,
    signature,
    ...parseExtensions(extensions?.single()),
  };
}

/** Lower-case hex digest of a certificate, the form ЕСИА and `client_certificate_hash` use. */
export function certificateHash(der: Buffer, digest: 'gost' | 'sha256'): string {
  return digest === 'gost' ? streebog256(der).toString('hex') : createHash('sha256').update(der).digest('hex');
}
