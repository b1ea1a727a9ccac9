import fc from 'fast-check';
import {
  inn10Check,
  inn12Check,
  isValidInn,
  isValidOgrn,
  isValidSnils,
  ogrnCheck,
  ogrnipCheck,
  snilsCheck,
} from './checksum.js';

const padded = (value: number, width: number): string => String(value).padStart(width, '0');
/** The text with the digit at `at` raised by `by` modulo ten. */
const withDigit = (text: string, at: number, by: number): string =>
  text.slice(0, at) + String((Number(text[at]) + by) % 10) + text.slice(at + 1);

describe('checksums', () => {
  it.each([
    ['СНИЛС', isValidSnils, '11223344595'],
    ['ИНН of a person', isValidInn, '500100732259'],
    ['ИНН of an organisation', isValidInn, '7707083893'],
    ['ОГРН', isValidOgrn, '1027700132195'],
    ['ОГРНИП', isValidOgrn, '304500116000157'],
  ])('accepts a known valid %s', (_name, isValid, text) => {
    expect(isValid(text)).toBe(true);
  });

  it.each([
    ['СНИЛС', isValidSnils, '11223344595'],
    ['ИНН of a person', isValidInn, '500100732259'],
    ['ИНН of an organisation', isValidInn, '7707083893'],
    ['ОГРН', isValidOgrn, '1027700132195'],
    ['ОГРНИП', isValidOgrn, '304500116000157'],
  ])('rejects a %s whose last digit is any other', (_name, isValid, text) => {
    for (let by = 1; by < 10; by++) expect(isValid(withDigit(text, text.length - 1, by))).toBe(false);
  });

  it.each([
    [99, 900_000_147, 99],
    [100, 900_000_091, 0],
    [101, 900_000_084, 0],
    [102, 900_000_077, 1],
    [201, 900_087_997, 0],
    [202, 900_079_898, 0],
    [203, 900_079_996, 1],
    [303, 906_997_998, 0],
  ])('turns a СНИЛС digit sum of %i (number %i) into check number %i', (_sum, number, check) => {
    expect(snilsCheck(number)).toBe(check);
  });

  it('agrees with the written rule of СНИЛС for any number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (number) => {
        const digits = padded(number, 9);
        let rest = 0;
        for (let at = 0; at < 9; at++) rest += Number(digits[at]) * (9 - at);
        while (rest > 101) rest %= 101;
        expect(snilsCheck(number)).toBe(rest === 100 || rest === 101 ? 0 : rest);
      }),
    );
  });

  it('accepts a СНИЛС up to 001-001-998 with any check number, and never zero', () => {
    expect(isValidSnils('00000060006')).toBe(true);
    expect(isValidSnils('00100199877')).toBe(true);
    expect(isValidSnils('00100199977')).toBe(false);
    expect(isValidSnils('00000000000')).toBe(false);
  });

  it('accepts what its own check digits complete', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_002_000, max: 999_999_999 }),
        fc.integer({ min: 1, max: 99_999 }),
        (nine, more) => {
          expect(isValidSnils(padded(nine, 9) + padded(snilsCheck(nine), 2))).toBe(true);
          expect(isValidInn(padded(nine, 9) + inn10Check(nine))).toBe(true);
          const ten = nine * 10 + (more % 10);
          expect(isValidInn(padded(ten, 10) + padded(inn12Check(ten), 2))).toBe(true);
          const twelve = nine * 1000 + (more % 1000);
          expect(isValidOgrn(padded(twelve, 12) + ogrnCheck(twelve))).toBe(true);
          const fourteen = nine * 100_000 + more;
          expect(isValidOgrn(padded(fourteen, 14) + ogrnipCheck(fourteen))).toBe(true);
        },
      ),
    );
  });

  it.each(['', '0', '7707083893 ', '770708389', '77070838930', 'abcdefghij', '７７０７０８３８９３', '0000000000'])(
    'rejects %j as any number',
    (text) => {
      for (const isValid of [isValidSnils, isValidInn, isValidOgrn]) expect(isValid(text)).toBe(false);
    },
  );

  it('rejects anything that is not text without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        fc.pre(typeof value !== 'string');
        for (const isValid of [isValidSnils, isValidInn, isValidOgrn]) expect(isValid(value)).toBe(false);
      }),
    );
  });
});
