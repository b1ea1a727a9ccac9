import fc from 'fast-check';
import { gsmDecoded, gsmEncoded, septetsOf } from './gsm-alphabet.js';

const ALPHABET = [...'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0189:;<=>?¡AZÄÖÑÜ§¿azäöñüà\f^{}\\[~]|€'];

describe('the GSM default alphabet', () => {
  it.each([
    ['@', [0x00]],
    ['€', [0x1b, 0x65]],
    ['A', [0x41]],
    ['à', [0x7f]],
    ['ж', [0x3f]],
  ])('writes %s', (text, octets) => {
    expect([...gsmEncoded(text)]).toEqual(octets);
  });

  it('reads back what it writes, one octet a septet', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ALPHABET)), (characters) => {
        const text = characters.join('');
        const octets = gsmEncoded(text);
        expect(gsmDecoded(octets)).toBe(text);
        expect(septetsOf(text)).toBe(octets.length);
      }),
    );
  });

  it('does not hold Cyrillic', () => {
    expect(septetsOf('Код')).toBeUndefined();
  });

  it('survives any octets', () => {
    fc.assert(fc.property(fc.uint8Array(), (octets) => void gsmDecoded(octets)));
    expect(gsmDecoded(Uint8Array.of(0x1b))).toBe('');
    expect(gsmDecoded(Uint8Array.of(0x1b, 0x41))).toBe('A');
  });
});
