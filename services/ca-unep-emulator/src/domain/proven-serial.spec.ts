import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { ProvenSerials } from './proven-serial.js';

const serials = new ProvenSerials(Buffer.from('one'));

describe('a proven serial number', () => {
  it('is recognised, positive and sixteen bytes long, whatever the random part', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (random) => {
        const serial = serials.make(Buffer.from(random));
        expect(serial).toHaveLength(16);
        expect(serial[0]).toBeGreaterThan(0);
        expect(serial[0]).toBeLessThan(0x80);
        expect(serials.isOwn(serial)).toBe(true);
      }),
    );
  });

  it('of another authority, or one with any bit changed, is not', () => {
    const serial = serials.make(randomBytes(8));
    expect(new ProvenSerials(Buffer.from('two')).isOwn(serial)).toBe(false);
    for (let bit = 0; bit < 128; bit += 1) {
      const changed = Buffer.from(serial);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(serials.isOwn(changed)).toBe(false);
    }
    expect(serials.isOwn(serial.subarray(1))).toBe(false);
  });
});
