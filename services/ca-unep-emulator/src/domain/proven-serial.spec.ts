import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { ProvenSerials } from './proven-serial.js';

const serials = new ProvenSerials(Buffer.from('one'));

describe('a proven serial number', () => {
  it('is recognised, positive and sixteen bytes long, whatever the random part', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (random) => {
        const serial = serials.make(Buffer.from(random), 3);
        expect(serial).toHaveLength(16);
        expect(serial[0]).toBeGreaterThan(0);
        expect(serial[0]).toBeLessThan(0x80);
        expect([serials.isOwn(serial, 3), serials.isOwn(serial, 2), serials.generationOf(serial)]).toEqual([
          true,
          false,
          3,
        ]);
      }),
    );
  });

  it('of another authority, or one with any bit changed, is not', () => {
    const serial = serials.make(randomBytes(8), 1);
    expect(new ProvenSerials(Buffer.from('two')).generationOf(serial)).toBeUndefined();
    for (let bit = 0; bit < 128; bit += 1) {
      const changed = Buffer.from(serial);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(serials.generationOf(changed)).toBeUndefined();
    }
    expect(serials.generationOf(serial.subarray(1))).toBeUndefined();
  });
});
