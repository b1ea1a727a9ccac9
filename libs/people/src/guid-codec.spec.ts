import fc from 'fast-check';
import { GUID_KINDS, GuidCodec } from './guid-codec.js';

const codec = new GuidCodec('seed');
const words = fc.integer({ min: 0, max: 0xffffffff });

describe('GuidCodec', () => {
  it.each(GUID_KINDS)('writes any 32-bit number of kind %s as a version 4 UUID and reads it back', (kind) => {
    const check = (value: number): void => {
      const guid = codec.encode(kind, value);
      expect(guid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(codec.decode(guid)).toEqual({ kind, value });
      expect(codec.decode(guid.toUpperCase())).toEqual({ kind, value });
    };
    fc.assert(fc.property(words, check));
    for (const value of [0, 1, 0x7fffffff, 0x80000000, 0xffffffff]) check(value);
  });

  it('does not recognise its GUID with any one character changed', () => {
    fc.assert(
      fc.property(words, fc.nat(35), fc.constantFrom(...'0123456789abcdef'), (value, at, char) => {
        const guid = codec.encode('person', value);
        fc.pre(guid[at] !== char);
        expect(codec.decode(guid.slice(0, at) + char + guid.slice(at + 1))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('does not recognise random UUIDs, GUIDs of another seed, or anything else', () => {
    const other = new GuidCodec('another seed');
    fc.assert(fc.property(fc.uuid(), (guid) => expect(codec.decode(guid)).toBeUndefined()));
    fc.assert(fc.property(words, (value) => expect(codec.decode(other.encode('person', value))).toBeUndefined()));
    fc.assert(fc.property(fc.anything(), (value) => expect(codec.decode(value)).toBeUndefined()));
    expect(codec.decode('00000000-0000-0000-0000-000000000000')).toBeUndefined();
  });
});
