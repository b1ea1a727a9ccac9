/** Multiplicative inverse of an odd number modulo 2^32 (Newton's iteration doubles the correct bits each step). */
function inverse32(odd: number): number {
  let inverse = odd;
  for (let step = 0; step < 5; step++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}

const FIRST = 0x21f0aaad;
const SECOND = 0x735a2d97;
const FIRST_INVERSE = inverse32(FIRST);
const SECOND_INVERSE = inverse32(SECOND);

/** Spreads a 32-bit word over all 32-bit words; a bijection, so `unmix32` gives the word back. */
export function mix32(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), FIRST);
  h = Math.imul(h ^ (h >>> 15), SECOND);
  return (h ^ (h >>> 15)) >>> 0;
}

/** Inverse of `mix32`. */
export function unmix32(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 15) ^ (h >>> 30), SECOND_INVERSE);
  h = Math.imul(h ^ (h >>> 15) ^ (h >>> 30), FIRST_INVERSE);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A signed 32-bit key for one purpose under one seed: different purposes behave as independent. */
export function keyFor(seed: string, purpose: string): number {
  const text = `${seed}\u0000${purpose}`;
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) h = mix32(Math.imul(h ^ text.charCodeAt(at), 0x01000193) + at);
  return h | 0;
}
