/** Writes of the hot path: no checks, no strings, nothing made. Whoever calls has made room. */

/** Big-endian; returns the place after it. */
export function putUInt32(buffer: Uint8Array, at: number, value: number): number {
  buffer[at] = value >>> 24;
  buffer[at + 1] = value >>> 16;
  buffer[at + 2] = value >>> 8;
  buffer[at + 3] = value;
  return at + 4;
}

/** Big-endian; returns the place after it. */
export function putUInt16(buffer: Uint8Array, at: number, value: number): number {
  buffer[at] = value >>> 8;
  buffer[at + 1] = value;
  return at + 2;
}

/** The low octets of the first `count` characters; returns the place after them. */
export function putLatin1(buffer: Uint8Array, at: number, text: string, count = text.length): number {
  for (let index = 0; index < count; index += 1) buffer[at + index] = text.charCodeAt(index);
  return at + count;
}

const ZERO = 0x30;
const MAX_INT = 0x7fffffff;

/** A whole number as text, lower case; returns the place after it. */
export function putNumber(buffer: Uint8Array, at: number, value: number, radix: 10 | 16): number {
  if (radix !== 10 || value > MAX_INT) return putLatin1(buffer, at, value.toString(radix));
  let end = at + 1;
  for (let limit = 10; limit <= value; limit *= 10) end += 1;
  let left = value | 0;
  for (let place = end - 1; place >= at; place -= 1) {
    const above = (left / 10) | 0;
    buffer[place] = ZERO + left - above * 10;
    left = above;
  }
  return end;
}
