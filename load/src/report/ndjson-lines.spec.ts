import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ndjsonLines } from './ndjson-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'ndjson-'));
const read = async (text: string) => {
  const path = join(folder, 'lines');
  writeFileSync(path, text);
  const values: unknown[] = [];
  for await (const value of ndjsonLines<unknown>(path)) values.push(value);
  return values;
};

describe('NDJSON', () => {
  it.each([
    ['an empty file', '', []],
    ['empty lines', '\n\n1\n\n', [1]],
    ['a torn last line', '{"a":1}\n{"a":', [{ a: 1 }]],
    ['a whole last line without a newline', '1\n2', [1, 2]],
    ['Cyrillic', '"Тест"\n', ['Тест']],
  ])('reads %s', async (_title, text, values) => {
    expect(await read(text)).toEqual(values);
  });

  it('reads lines that cross the edges of its buffer, and one longer than it', async () => {
    const long = 'ж'.repeat(1_500_000);
    const values = [
      ...Array.from({ length: 30_000 }, (_, index) => ({ index, text: 'я'.repeat(index % 90) })),
      long,
      7,
    ];
    expect(await read(values.map((value) => JSON.stringify(value)).join('\n'))).toEqual(values);
  });
});
