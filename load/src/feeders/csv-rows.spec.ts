import fc from 'fast-check';
import { csvRows } from './csv-rows.js';

describe('rows of a CSV file', () => {
  it.each([
    ['a,b\n1,2\n', [{ a: '1', b: '2' }]],
    ['\uFEFFa;b\r\n1;"2;3"\r\n', [{ a: '1', b: '2;3' }]],
    [
      'a,b\n"say ""hi""",\n\n x , y ',
      [
        { a: 'say "hi"', b: '' },
        { a: 'x', b: 'y' },
      ],
    ],
    ['a\n"two\nlines"', [{ a: 'two\nlines' }]],
  ])('reads %j', (text, rows) => {
    expect(csvRows(text)).toEqual(rows);
  });

  it.each([
    ['', 'is empty'],
    ['a,b\n1\n', 'row 2: has 1 fields, the first line names 2'],
    ['a,b\n1,"2\n', 'row 2: a quote is out of place'],
  ])('refuses %j', (text, message) => {
    expect(() => csvRows(text)).toThrow(message);
  });

  it('gives back any values that were quoted', () => {
    const cell = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), (cells) => {
        const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
        const text = ['a,b', ...cells.map((row) => row.map(quote).join(','))].join('\r\n');
        expect(csvRows(text)).toEqual(cells.map(([a, b]) => ({ a, b })));
      }),
    );
  });
});
