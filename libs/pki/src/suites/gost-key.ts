import { fromPem, pem } from '../der/pem.js';
import { readDer } from '../der/der-reader.js';
import type { DerNode } from '../der/der-reader.js';
import { bitString, integer, octetString, sequence, TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { OID } from '../x509/oids.js';
import { CURVE_BY_OID, fieldBytes } from './gost-params.js';
import type { CurveParams } from './gost-params.js';

/** A GOST public key read from SubjectPublicKeyInfo; coordinates are checked for size only. */
export interface GostPublicKey {
  curve: CurveParams;
  x: bigint;
  y: bigint;
}

/** Private scalar with the AlgorithmIdentifier its key came with. */
export interface GostPrivateKey {
  curve: CurveParams;
  keyAlgorithm: Buffer;
  d: bigint;
}

export const toBigEndian = (value: bigint, bytes: number): Buffer =>
  Buffer.from(value.toString(16).padStart(2 * bytes, '0'), 'hex');
export const toLittleEndian = (value: bigint, bytes: number): Buffer => toBigEndian(value, bytes).reverse();
export const fromBigEndian = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex') || '0'}`);
export const fromLittleEndian = (bytes: Buffer): bigint => fromBigEndian(Buffer.from(bytes).reverse());

const KEY_BYTES: Readonly<Record<string, number | undefined>> = { [OID.gost2012Key256]: 32, [OID.gost2012Key512]: 64 };

const paramSetOf = (parameters: DerNode | undefined): string =>
  parameters?.children(TAG.sequence)[0]?.oid() ?? '(none)';

function curveOf(algorithm: DerNode | undefined): CurveParams {
  const [id, parameters] = algorithm?.children(TAG.sequence) ?? [];
  const bytes = KEY_BYTES[id?.oid() ?? ''];
  if (bytes === undefined) throw new PkiError('unsupported-algorithm', 'not a GOST 2012 key');
  const paramSet = paramSetOf(parameters);
  const curve = CURVE_BY_OID[paramSet];
  if (curve && fieldBytes(curve) === bytes) return curve;
  throw new PkiError('unsupported-algorithm', `unknown GOST parameter set ${paramSet}`);
}

/** @throws PkiError `malformed`, `unsupported-algorithm`, `invalid-key`. */
export function readGostSpki(spki: Buffer): GostPublicKey {
  const [algorithm, bits] = readDer(spki).children(TAG.sequence);
  const curve = curveOf(algorithm);
  if (!bits) throw new PkiError('malformed', 'public key is missing');
  const point = readDer(bits.bits()).expect(TAG.octetString).content;
  const bytes = fieldBytes(curve);
  if (point.length !== 2 * bytes) throw new PkiError('invalid-key', `GOST public key must be ${2 * bytes} bytes`);
  return { curve, x: fromLittleEndian(point.subarray(0, bytes)), y: fromLittleEndian(point.subarray(bytes)) };
}

const keyBytes = (keyAlgorithm: Buffer): number => fieldBytes(curveOf(readDer(keyAlgorithm)));

export function gostSpki(keyAlgorithm: Buffer, x: bigint, y: bigint): Buffer {
  const bytes = keyBytes(keyAlgorithm);
  return sequence(keyAlgorithm, bitString(octetString(toLittleEndian(x, bytes), toLittleEndian(y, bytes))));
}

/** PKCS#8 as PEM: OpenSSL's engine refuses the same bytes as DER. */
export function gostPrivateKeyPem(keyAlgorithm: Buffer, d: bigint): string {
  return pem(sequence(integer(0), keyAlgorithm, octetString(toLittleEndian(d, keyBytes(keyAlgorithm)))), 'PRIVATE KEY');
}

function readScalar(octets: Buffer, bytes: number): bigint {
  if (octets.length === bytes) return fromLittleEndian(octets);
  // Other tools wrap the scalar once more: OCTET STRING (little-endian) or INTEGER (big-endian), RFC 9215 and RFC 9548.
  const inner = readDer(octets);
  return inner.tag === TAG.integer
    ? fromBigEndian(inner.unsigned())
    : fromLittleEndian(inner.expect(TAG.octetString).content);
}

/** @throws PkiError `invalid-key` or `unsupported-algorithm`. */
export function readGostPrivateKey(text: string): GostPrivateKey {
  const [version, algorithm, key] = readDer(fromPem(text)).children(TAG.sequence);
  if (!version || !algorithm || !key) throw new PkiError('invalid-key', 'not a PKCS#8 private key');
  const curve = curveOf(algorithm);
  const d = readScalar(key.expect(TAG.octetString).content, fieldBytes(curve));
  if (d <= 0n || d >= curve.n) throw new PkiError('invalid-key', 'private scalar is out of range');
  return { curve, keyAlgorithm: algorithm.der, d };
}
