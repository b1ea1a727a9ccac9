import { segmentationOf } from './segments.js';

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
