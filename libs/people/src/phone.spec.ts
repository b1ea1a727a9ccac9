import fc from 'fast-check';
import { formatPhone, normalisePhone } from './phone.js';

describe('normalisePhone', () => {
  it.each([
    '79431234567',
    '+79431234567',
    '89431234567',
    '9431234567',
    '+7(943)1234567',
    '+7 (943) 123-45-67',
    '8 (943) 123-45-67',
    '8-943-123-45-67',
    '(943) 123 45 67',
    '943.123.45.67',
    '  +7 943 123\u00a045\u201167 ',
  ])('reads %j as eleven digits starting with 7', (text) => {
    expect(normalisePhone(text)).toBe('79431234567');
  });

  it.each([
    '',
    ' ',
    '+',
    '7',
    '943123456',
    '+9431234567',
    '+89431234567',
    '794312345678',
    '19431234567',
    '7943123456a',
    '++79431234567',
    '７9431234567',
  ])('does not take %j for a Russian number', (text) => {
    expect(normalisePhone(text)).toBeUndefined();
  });

  it('reads back the form of ЕСИА contacts', () => {
    expect(formatPhone('79101234567')).toBe('+7(910)1234567');
    fc.assert(
      fc.property(fc.integer({ min: 70_000_000_000, max: 79_999_999_999 }), (phone) =>
        expect(normalisePhone(formatPhone(String(phone)))).toBe(String(phone)),
      ),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (value) => void normalisePhone(value)));
    expect(normalisePhone('7'.repeat(1_000_000))).toBeUndefined();
  });
});
