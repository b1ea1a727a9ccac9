import fc from 'fast-check';
import { partsOf, segmentationOf } from './segments.js';

describe('segmentationOf', () => {
  it.each([
    ['empty text', '', 'gsm7', 1],
    ['160 Latin characters', 'a'.repeat(160), 'gsm7', 1],
    ['161 Latin characters', 'a'.repeat(161), 'gsm7', 2],
    ['306 Latin characters', 'a'.repeat(306), 'gsm7', 2],
    ['307 Latin characters', 'a'.repeat(307), 'gsm7', 3],
    ['80 euro signs, two septets each', '€'.repeat(80), 'gsm7', 1],
    ['81 euro signs', '€'.repeat(81), 'gsm7', 2],
    ['70 Cyrillic characters', 'я'.repeat(70), 'ucs2', 1],
    ['71 Cyrillic characters', 'я'.repeat(71), 'ucs2', 2],
    ['135 Cyrillic characters', 'я'.repeat(135), 'ucs2', 3],
  ])('counts %s', (_, text, encoding, segments) => {
    expect(segmentationOf(text)).toEqual({ encoding, segments });
  });
});

describe('partsOf', () => {
  it('never loses or splits a character', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '€', 'я', '😀'), { maxLength: 400 }), (characters) => {
        const text = characters.join('');
        const parts = partsOf(text);
        expect(parts.join('')).toBe(text);
        expect(parts.length).toBeGreaterThanOrEqual(segmentationOf(text).segments);
        expect(parts.every((part) => part.length <= 160)).toBe(true);
      }),
    );
  });
});
