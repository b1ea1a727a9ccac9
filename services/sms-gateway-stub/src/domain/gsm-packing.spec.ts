import fc from 'fast-check';
import { fillBitsAfter, packedSeptets, unpackedSeptets } from './gsm-packing.js';

describe('packed septets', () => {
  it('are those of the standard', () => {
    expect(packedSeptets(Buffer.from('hellohello')).toString('hex')).toBe('e8329bfd4697d9ec37');
    expect(packedSeptets(Buffer.from('1234567')).toString('hex')).toBe('31d98c56b3dd1a');
  });

  it('come back as they were, wherever they begin', () => {
    // A text that ends in "@" or a line end at an octet's end is the one case the standard cannot tell from padding.
    const texts = fc.uint8Array({ max: 127 }).filter((septets) => septets.at(-1) !== 0 && septets.at(-1) !== 0x0d);
    fc.assert(
      fc.property(texts, fc.nat(6), (septets, fillBits) => {
        const octets = packedSeptets(septets, fillBits);
        expect(octets).toHaveLength(Math.ceil((septets.length * 7 + fillBits) / 8));
        expect([...unpackedSeptets(octets, fillBits)]).toEqual([...septets]);
      }),
    );
  });

  it('begin at a multiple of seven bits after a header', () => {
    expect([6, 7, 8].map(fillBitsAfter)).toEqual([1, 0, 6]);
  });

  it('are read from any octets', () => {
    fc.assert(fc.property(fc.uint8Array(), fc.nat(6), (octets, fillBits) => void unpackedSeptets(octets, fillBits)));
  });
});
