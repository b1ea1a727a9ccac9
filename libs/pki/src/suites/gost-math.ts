import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { PkiError } from '../pki.errors.js';
import { fromBigEndian, fromLittleEndian, toBigEndian } from './gost-key.js';
import type { GostPublicKey } from './gost-key.js';
import { fieldBytes } from './gost-params.js';
import type { CurveParams } from './gost-params.js';
import type { RandomBytes } from './signature-suite.js';

type Point = ReturnType<typeof weierstrass<bigint>>;

const PRECOMPUTE_WINDOW = 10;
const points = new Map<CurveParams, Point>();

/** Group of a curve; the base point's multiples are computed once, at first use. */
function groupOf(curve: CurveParams): Point {
  const known = points.get(curve);
  if (known) return known;
  const made = weierstrass(curve);
  made.BASE.precompute(PRECOMPUTE_WINDOW, false);
  points.set(curve, made);
  return made;
}

/** Random scalar in 1..n-1 from as many random bytes as the field has, reduced modulo n. */
export function randomScalar(curve: CurveParams, randomBytes: RandomBytes): bigint {
  for (;;) {
    const scalar = fromBigEndian(randomBytes(fieldBytes(curve))) % curve.n;
    if (scalar !== 0n) return scalar;
  }
}

/** Public point of a private scalar. */
export function publicPoint(curve: CurveParams, d: bigint): { x: bigint; y: bigint } {
  return groupOf(curve).BASE.multiply(d).toAffine();
}

/** Digest bytes as the integer e: little-endian, 0 replaced by 1 (GOST R 34.10-2012 6.1). */
function digestInteger(curve: CurveParams, digest: Buffer): bigint {
  const bytes = fieldBytes(curve);
  if (digest.length !== bytes) throw new PkiError('invalid-argument', `GOST digest must be ${bytes} bytes`);
  return fromLittleEndian(digest) % curve.n || 1n;
}

/** Signature of a digest, s||r big-endian (GOST R 34.10-2012 6.1). */
export function signGostDigest(
  key: { curve: CurveParams; d: bigint },
  digest: Buffer,
  randomBytes: RandomBytes,
): Buffer {
  const { curve, d } = key;
  const e = digestInteger(curve, digest);
  const bytes = fieldBytes(curve);
  for (;;) {
    const k = randomScalar(curve, randomBytes);
    const r = groupOf(curve).BASE.multiply(k).toAffine().x % curve.n;
    const s = (r * d + k * e) % curve.n;
    if (r !== 0n && s !== 0n) return Buffer.concat([toBigEndian(s, bytes), toBigEndian(r, bytes)]);
  }
}

function pointOf({ curve, x, y }: GostPublicKey): InstanceType<Point> {
  try {
    const point = groupOf(curve).fromAffine({ x, y });
    point.assertValidity();
    return point;
  } catch (cause) {
    throw new PkiError('invalid-key', 'GOST public key is not a point of its curve', { cause });
  }
}

/** Checks s||r against a digest (GOST R 34.10-2012 6.2). @throws PkiError `invalid-key` for a point off the curve. */
export function verifyGostDigest(key: GostPublicKey, digest: Buffer, signature: Buffer): boolean {
  const { curve } = key;
  const group = groupOf(curve);
  const publicKey = pointOf(key);
  const bytes = fieldBytes(curve);
  if (signature.length !== 2 * bytes) return false;
  const s = fromBigEndian(signature.subarray(0, bytes));
  const r = fromBigEndian(signature.subarray(bytes));
  if (s <= 0n || s >= curve.n || r <= 0n || r >= curve.n) return false;
  const inverse = group.Fn.inv(digestInteger(curve, digest));
  const z1 = (s * inverse) % curve.n;
  const z2 = ((curve.n - r) * inverse) % curve.n;
  const sum = group.BASE.multiplyUnsafe(z1).add(publicKey.multiplyUnsafe(z2));
  return !sum.is0() && sum.toAffine().x % curve.n === r;
}
