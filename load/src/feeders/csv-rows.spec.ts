import fc from 'fast-check';
import { csvRows, separatorOf } from './csv-rows.js';

const valuesOf = (...given: Parameters<typeof csvRows>) => csvRows(...given).map(({ values }) => values);

describe('rows of a CSV file', () => {
  it.each([
    ['a,b\n1,2\n', [{ a: '1', b: '2' }]],
    ['a;b\r\n1;"2;3"\r\n', [{ a: '1', b: '2;3' }]],
    ['a\tb\n1,5\t2;6\n', [{ a: '1,5', b: '2;6' }]],
    ['a;b\nИванов, Иван;2', [{ a: 'Иванов, Иван', b: '2' }]],
    [
      'a,b\n"say ""hi""",\n\n x , y ',
      [
        { a: 'say "hi"', b: '' },
        { a: 'x', b: 'y' },
      ],
    ],
    ['a\n"two\nlines"', [{ a: 'two\nlines' }]],
  ])('reads %j', (text, rows) => {
    expect(valuesOf(text)).toEqual(rows);
  });

  it('takes the separator it is told', () => {
    expect(valuesOf('a;b,c\n1;2,3', ',')).toEqual([{ 'a;b': '1;2', c: '3' }]);
  });

  it.each([
    ['"a;b;c",d', ','],
    ['a', ','],
    ['a;b\n1,2,3,4', ';'],
    ['a\tb', '\t'],
  ])('finds out how %j is divided', (text, separator) => {
    expect(separatorOf(text)).toBe(separator);
  });

  it.each([
    ['', 'is empty'],
    ['a,b\n1\n', 'row 2: has 1 fields, the first line names 2'],
    ['a,b\n1,"2\n', 'row 2: a quote is out of place'],
    ['a,b,a\n1,2,3\n', 'row 1: a: the column is there twice'],
  ])('refuses %j', (text, message) => {
    expect(() => csvRows(text)).toThrow(message);
  });

  it.each([',', ';', '\t'] as const)('gives back any values that were quoted, divided by %j', (separator) => {
    const cell = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), (cells) => {
        const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
        const text = [`a${separator}b`, ...cells.map((row) => row.map(quote).join(separator))].join('\r\n');
        expect(valuesOf(text)).toEqual(cells.map(([a, b]) => ({ a, b })));
      }),
    );
  });
});
