import fc from 'fast-check';
import type { KeptText } from './inbox-message.js';
import { PhoneTexts } from './phone-texts.js';

describe('PhoneTexts', () => {
  it('keeps what a list would keep, whatever is added and removed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 60 }), { maxLength: 300 }), (steps) => {
        const texts = new PhoneTexts();
        const expected: KeptText[] = [];
        steps.forEach((step, seq) => {
          if (step < 20) {
            const text = { seq } as KeptText;
            texts.push(text);
            expected.push(text);
          } else {
            // The oldest goes most often.
            const at = step < 50 ? 0 : step % Math.max(1, expected.length);
            const [gone] = expected.splice(at, 1);
            if (gone !== undefined) texts.remove(gone);
          }
          expect(texts.all()).toEqual(expected);
          expect([texts.size, texts.oldest]).toEqual([expected.length, expected[0]]);
        });
        expect(texts.newest(({ seq }) => seq % 2 === 0)).toBe(expected.findLast(({ seq }) => seq % 2 === 0));
        texts.remove({ seq: -1 } as KeptText);
        expect(texts.all()).toEqual(expected);
      }),
    );
  });
});
