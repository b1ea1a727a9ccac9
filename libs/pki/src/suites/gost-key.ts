import { fromPem, pem } from '../der/pem.js';
import { readDer } from '../der/der-reader.js';
import type { DerNode } from '../der/der-reader.js';
import { bitString, integer, octetString, sequence, TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { OID } from '../x509/oids.js';
import { CURVE_BY_OID } from './gost-params.js';
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

export const toBigEndian = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
export const toLittleEndian = (value: bigint): Buffer => toBigEndian(value).reverse();
export const fromBigEndian = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex') || '0'}`);
export const fromLittleEndian = (bytes: Buffer): bigint => fromBigEndian(Buffer.from(bytes).reverse());

function curveOf(algorithm: DerNode | undefined): CurveParams {
  const [id, parameters] = algorithm?.children(TAG.sequence) ?? [];
  if (!id || id.oid() !== OID.gost2012Key256)
    throw new PkiError('unsupported-algorithm', 'not a GOST 2012 256-bit key');
  const paramSet = parameters?.children(TAG.sequence)[0]?.oid();
  const curve = CURVE_BY_OID[paramSet ?? ''];
  if (!curve) throw new PkiError('unsupported-algorithm', `unknown GOST parameter set ${paramSet ?? '(none)'}`);
  return curve;
}

/** @throws PkiError `malformed`, `unsupported-algorithm`, `invalid-key`. */
export function readGostSpki(spki: Buffer): GostPublicKey {
  const [algorithm, bits] = readDer(spki).children(TAG.sequence);
  const curve = curveOf(algorithm);
  if (!bits) throw new PkiError('malformed', 'public key is missing');
  const point = readDer(bits.bits()).expect(TAG.octetString).content;
  if (point.length !== 64) throw new PkiError('invalid-key', 'GOST public key must be 64 bytes');
  return { curve, x: fromLittleEndian(point.subarray(0, 32)), y: fromLittleEndian(point.subarray(32)) };
}

export function gostSpki(keyAlgorithm: Buffer, x: bigint, y: bigint): Buffer {
  return sequence(keyAlgorithm, bitString(octetString(toLittleEndian(x), toLittleEndian(y))));
}

/** PKCS#8 as PEM: OpenSSL's engine refuses the same bytes as DER. */
export function gostPrivateKeyPem(keyAlgorithm: Buffer, d: bigint): string {
  return pem(sequence(integer(0), keyAlgorithm, octetString(toLittleEndian(d))), 'PRIVATE KEY');
}

function readScalar(octets: Buffer): bigint {
  if (octets.length === 32) return fromLittleEndian(octets);
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
  const d = readScalar(key.expect(TAG.octetString).content);
  if (d <= 0n || d >= curve.n) throw new PkiError('invalid-key', 'private scalar is out of range');
  return { curve, keyAlgorithm: algorithm.der, d };
}
