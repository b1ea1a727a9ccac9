import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { TableFile } from './feeders.schema.js';
import { readTable } from './read-table.js';

const folder = mkdtempSync(join(tmpdir(), 'tables-'));
const file = join(folder, 'people.csv');
const schema = z.object({ employeeId: z.string().min(1, 'must not be empty'), city: z.string() });
const TEXT = 'employeeId;city\n1;Ёлкино\n2;Москва\n';
/** The same text in the code page of Windows. */
const windows = Buffer.from([...TEXT].map((letter) => windowsByte(letter)));

function windowsByte(letter: string): number {
  const code = letter.codePointAt(0)!;
  if (code < 0x80) return code;
  return letter === 'Ё' ? 0xa8 : code - 0x410 + 0xc0;
}

const read = (bytes: string | Buffer, table: Partial<TableFile> = {}) => {
  writeFileSync(file, bytes);
  return readTable({ file, encoding: 'auto', separator: 'auto', ...table }, schema, 'data.feeders.recipients.file');
};
const cities = (...given: Parameters<typeof read>) => read(...given).map(({ value }) => value.city);

describe('a table of somebody', () => {
  it.each<[string, string | Buffer, Partial<TableFile>]>([
    ['UTF-8', TEXT, {}],
    ['UTF-8 with a byte order mark', `\ufeff${TEXT}`, {}],
    ['UTF-8 that is said to be so', `\ufeff${TEXT}`, { encoding: 'utf-8' }],
    ['windows-1251', windows, {}],
    ['windows-1251 that is said to be so', windows, { encoding: 'windows-1251' }],
    ['UTF-8 divided by tabs', TEXT.replaceAll(';', '\t'), { separator: 'tab' }],
    ['UTF-8 divided by commas', TEXT.replaceAll(';', ','), { separator: ',' }],
  ])('is read from %s', (_, bytes, table) => {
    expect(cities(bytes, table)).toEqual(['Ёлкино', 'Москва']);
  });

  it.each<[string, string | Buffer, Partial<TableFile>, string]>([
    ['no rows', 'employeeId;city\n', {}, 'people.csv: has no rows'],
    ['nothing', '', {}, 'people.csv: is empty'],
    ['an empty value', 'employeeId;city\n1;a\n;b\n', {}, 'people.csv: row 3: employeeId: must not be empty'],
    [
      'a column that is not there',
      'id;city\n1;a\n',
      {},
      'people.csv: row 1: employeeId: the first line has no such column',
    ],
    ['a row too short', 'employeeId;city\n1\n', {}, 'people.csv: row 2: has 1 fields, the first line names 2'],
    [
      'another separator than told',
      TEXT,
      { separator: ',' },
      'people.csv: row 1: employeeId: the first line has no such column',
    ],
    ['another encoding than told', windows, { encoding: 'utf-8' }, 'people.csv: row 2: is not UTF-8'],
    ['UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), {}, 'people.csv: is UTF-16, must be UTF-8 or windows-1251'],
  ])('is refused in one line for %s', (_, bytes, table, message) => {
    expect(() => read(bytes, table)).toThrow(message);
  });

  it('that is not there is named with the setting', () => {
    const table = { file: 'none.csv', encoding: 'auto', separator: 'auto' } as const;
    expect(() => readTable(table, schema, 'data.feeders.recipients.file')).toThrow(
      'data.feeders.recipients.file: none.csv: no such file',
    );
  });
});
