import fc from 'fast-check';
import { putNumber } from './octets.js';
import { MESSAGE_STATE, putReceiptText, RECEIPT_OCTETS, receiptText, type Reported } from './receipt.codec.js';

const states = fc.constantFrom(...(Object.keys(MESSAGE_STATE) as Reported['state'][]));
const moments = fc.integer({ min: 1_700_000_000_000, max: 1_700_000_600_000 });

describe('a receipt written as octets', () => {
  it('reads like the receipt made as a text', () => {
    const reported = fc.record({
      state: states,
      error: fc.nat(999),
      acceptedAtMs: moments,
      changedAtMs: moments,
      text: fc.string({ unit: 'binary', maxLength: 40 }),
      id: fc.oneof(fc.nat(), fc.maxSafeNat()),
    });
    const buffer = Buffer.alloc(RECEIPT_OCTETS + 10);
    fc.assert(
      fc.property(reported, fc.constantFrom(10 as const, 16 as const), (message, radix) => {
        const end = putReceiptText(buffer, 10, message, radix);
        expect(end).toBeLessThanOrEqual(10 + RECEIPT_OCTETS);
        const usual = { id: message.id.toString(radix), hasSeconds: false, textLabel: 'text' };
        expect(buffer.toString('latin1', 10, end)).toBe(receiptText(message, usual));
      }),
    );
  });

  it.each([0, 9, 10, 99, 100, 2_147_483_647, 2_147_483_648, Number.MAX_SAFE_INTEGER])('writes number %d', (value) => {
    const buffer = Buffer.alloc(40);
    expect(buffer.toString('latin1', 3, putNumber(buffer, 3, value, 10))).toBe(String(value));
  });
});
