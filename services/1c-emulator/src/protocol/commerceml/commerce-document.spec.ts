import fc from 'fast-check';
import { importDocument, offersDocument, ordersDocument, readDocument } from './commerce-document.js';

const item = fc.record({ id: fc.string({ unit: 'grapheme' }), name: fc.string({ unit: 'grapheme' }) });
const AT = '2026-01-15T10:00:00';

describe('documents of CommerceML', () => {
  it('hold as many goods and offers as were written, whatever they are called', () => {
    fc.assert(
      fc.property(item, fc.array(item, { maxLength: 20 }), (owner, goods) => {
        const count = goods.length;
        expect(readDocument(Buffer.from(importDocument(owner, goods, AT)))).toEqual({ goods: count, offers: 0 });
        expect(readDocument(Buffer.from(offersDocument(owner, goods, AT)))).toEqual({ goods: 0, offers: count });
      }),
      { numRuns: 200 },
    );
  });

  it('are not found in other bytes, and nothing breaks', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => readDocument(Buffer.from(bytes)) === undefined),
      { numRuns: 500 },
    );
  });

  it('carry orders with the formats a site names', () => {
    const text = ordersDocument([{ id: '7', name: 'А & Б' }], AT);
    expect(text).toContain('<ХозОперация>Заказ товара</ХозОперация>');
    expect(text).toContain('А &amp; Б');
  });
});
