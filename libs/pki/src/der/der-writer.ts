import { PkiError } from '../pki.errors.js';

/** Tag bytes used by the X.509 and CMS structures here (ITU-T X.690). */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Identifier and length octets of a value of `length` bytes. */
export function tlvHeader(tag: number, length: number): Buffer {
  if (length < 0x80) return Buffer.from([tag, length]);
  if (length < 0x100) return Buffer.from([tag, 0x81, length]);
  if (length < 0x10000) return Buffer.from([tag, 0x82, length >> 8, length & 0xff]);
  if (length < 0x1000000) return Buffer.from([tag, 0x83, length >> 16, (length >> 8) & 0xff, length & 0xff]);
  return Buffer.from([tag, 0x84, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff]);
}

/** One TLV of `tag` whose value is the concatenation of `parts`. */
export function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  return Buffer.concat([tlvHeader(tag, length), ...parts]);
}

export const sequence = (...parts: readonly Buffer[]): Buffer => tlv(TAG.sequence, ...parts);
export const set = (...parts: readonly Buffer[]): Buffer => tlv(TAG.set, ...parts);
/** `[n]` constructed: explicit tagging, or implicit tagging of a constructed type. */
export const context = (n: number, ...parts: readonly Buffer[]): Buffer => tlv(0xa0 | n, ...parts);
/** `[n]` primitive: implicit tagging of a primitive type. */
export const contextPrimitive = (n: number, value: Buffer): Buffer => tlv(0x80 | n, value);
export const octetString = (...parts: readonly Buffer[]): Buffer => tlv(TAG.octetString, ...parts);
export const enumerated = (value: number): Buffer => Buffer.from([TAG.enumerated, 1, value]);
export const bitString = (value: Buffer, unusedBits = 0): Buffer =>
  tlv(TAG.bitString, Buffer.from([unusedBits]), value);
export const NULL = Buffer.from('0500', 'hex');
export const TRUE = Buffer.from('0101ff', 'hex');

/** SET OF: members ordered by their encodings, as DER demands (X.690 11.6). */
export const setOf = (members: readonly Buffer[]): Buffer =>
  tlv(TAG.set, ...[...members].sort((a, b) => Buffer.compare(a, b)));

/** INTEGER from a small non-negative number or from unsigned big-endian bytes. */
export function integer(value: number | Buffer): Buffer {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new PkiError('invalid-argument', 'integer must be non-negative');
    const hex = value.toString(16);
    return integer(Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex'));
  }
  let start = 0;
  while (start < value.length - 1 && value[start] === 0) start++;
  const bytes = value.subarray(start);
  if (bytes.length === 0) return Buffer.from('020100', 'hex');
  return (bytes[0] as number) & 0x80 ? tlv(TAG.integer, Buffer.from([0]), bytes) : tlv(TAG.integer, bytes);
}

function base128(arc: number): number[] {
  const bytes = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) | 0x80);
  return bytes;
}

/** OBJECT IDENTIFIER from dotted form. @throws PkiError `invalid-argument` for anything else. */
export function oid(dotted: string): Buffer {
  if (!/^[0-2](\.(0|[1-9]\d{0,14}))+$/.test(dotted)) {
    throw new PkiError('invalid-argument', `not an object identifier: ${dotted.slice(0, 64)}`);
  }
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  if (first < 2 && second > 39) throw new PkiError('invalid-argument', `second arc of ${dotted} must be below 40`);
  return tlv(TAG.oid, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`);

/** Time: UTCTime through 2049, GeneralizedTime after (RFC 5280 4.1.2.5); whole seconds, UTC. */
export function time(at: Date): Buffer {
  const year = at.getUTCFullYear();
  if (year < 1950 || year >= 2050) return generalizedTime(at);
  return tlv(TAG.utcTime, Buffer.from(`${two(year % 100)}${monthToSecond(at)}Z`, 'latin1'));
}

/** GeneralizedTime of whole seconds, UTC. @throws PkiError `invalid-argument` for years outside 0..9999. */
export function generalizedTime(at: Date): Buffer {
  const year = at.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) throw new PkiError('invalid-argument', 'time must be a date in years 0..9999');
  return tlv(TAG.generalizedTime, Buffer.from(`${String(year).padStart(4, '0')}${monthToSecond(at)}Z`, 'latin1'));
}

function monthToSecond(at: Date): string {
  const day = two(at.getUTCMonth() + 1) + two(at.getUTCDate());
  return day + two(at.getUTCHours()) + two(at.getUTCMinutes()) + two(at.getUTCSeconds());
}
