const SEPTET_BITS = 7;
const OCTET_BITS = 8;
/** Padding of the last octet when seven bits are left over (GSM 03.38 section 6.1.2.3.1). */
const CR = 0x0d;

/** Bits between a user data header and the first septet, which begins at a multiple of seven (GSM 03.40 section 9.2.3.24). */
export function fillBitsAfter(headerBytes: number): number {
  return (SEPTET_BITS - ((headerBytes * OCTET_BITS) % SEPTET_BITS)) % SEPTET_BITS;
}

/** Eight septets into seven octets, lowest bits first; `fillBits` zero bits come before. */
export function packedSeptets(septets: Uint8Array, fillBits = 0): Buffer {
  const bits = fillBits + septets.length * SEPTET_BITS;
  const octets = Buffer.alloc(Math.ceil(bits / OCTET_BITS));
  septets.forEach((septet, index) => {
    const at = fillBits + index * SEPTET_BITS;
    const shifted = (septet & 0x7f) << (at % OCTET_BITS);
    const octet = Math.floor(at / OCTET_BITS);
    octets[octet]! |= shifted & 0xff;
    if (shifted > 0xff) octets[octet + 1]! |= shifted >> OCTET_BITS;
  });
  // Seven bits left over would read as one more character.
  if (octets.length * OCTET_BITS - bits === SEPTET_BITS) octets[octets.length - 1]! |= CR << 1;
  return octets;
}

/** One octet per septet of what was packed; padding of the last octet is left out. */
export function unpackedSeptets(octets: Uint8Array, fillBits = 0): Uint8Array {
  const count = Math.max(0, Math.floor((octets.length * OCTET_BITS - fillBits) / SEPTET_BITS));
  const septets = Uint8Array.from({ length: count }, (_, index) => {
    const at = fillBits + index * SEPTET_BITS;
    const octet = Math.floor(at / OCTET_BITS);
    return ((octets[octet]! | ((octets[octet + 1] ?? 0) << OCTET_BITS)) >> (at % OCTET_BITS)) & 0x7f;
  });
  const isFull = count * SEPTET_BITS + fillBits === octets.length * OCTET_BITS;
  const isPadded = count > 0 && isFull && (septets[count - 1] === CR || septets[count - 1] === 0);
  return isPadded ? septets.subarray(0, count - 1) : septets;
}
