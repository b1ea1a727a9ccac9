import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { z } from 'zod';
import { ConfigError, describeIssue } from '../profiles/read-yaml-file.js';
import type { CsvRow } from './csv-rows.js';
import { csvRows } from './csv-rows.js';
import type { TableFile } from './feeders.schema.js';

/** A row that has been checked, with its number in the file. */
export interface TableRow<T> {
  number: number;
  value: T;
}

/**
 * Reads a CSV file whose rows must fit a schema; columns the schema does not know are left alone. `field` is the
 * setting that names the file. Throws ConfigError with one line naming file, row, column and rule.
 */
export function readTable<T extends z.ZodType>(table: TableFile, schema: T, field: string): TableRow<z.infer<T>>[] {
  const source = basename(table.file);
  const rows = parse(table, field, source).map(({ number, values }) => {
    const parsed = schema.safeParse(values);
    if (parsed.success) return { number, value: parsed.data };
    const issue = parsed.error.issues[0] as z.core.$ZodIssue;
    const missing = issue.path.length > 0 && !(String(issue.path[0]) in values);
    const rule = missing ? `${issue.path.join('.')}: the first line has no such column` : describeIssue(issue);
    throw new ConfigError(`${source}: row ${missing ? 1 : number}: ${rule}`);
  });
  if (rows.length === 0) throw new ConfigError(`${source}: has no rows`);
  return rows;
}

function parse({ file, encoding, separator }: TableFile, field: string, source: string): CsvRow[] {
  if (!existsSync(file)) throw new ConfigError(`${field}: ${file}: no such file`);
  const text = decoded(readFileSync(file), encoding, source);
  try {
    if (separator === 'auto') return csvRows(text);
    return csvRows(text, separator === 'tab' ? '\t' : separator);
  } catch (error) {
    throw new ConfigError(`${source}: ${(error as Error).message}`, { cause: error });
  }
}

/** Text of a file as people save tables: UTF-8 with or without a byte order mark, or the code page of Windows. */
function decoded(bytes: Buffer, encoding: TableFile['encoding'], source: string): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new ConfigError(`${source}: is UTF-16, must be UTF-8 or windows-1251`);
  }
  if (encoding === 'windows-1251') return new TextDecoder('windows-1251').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    if (encoding === 'utf-8') throw new ConfigError(`${source}: ${brokenRow(bytes)}is not UTF-8`);
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

/** Where the first byte sequence is that no UTF-8 text has. */
function brokenRow(bytes: Buffer): string {
  let row = 1;
  let from = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, from)) {
    if (bytes.subarray(from, end).toString('utf8').includes('\ufffd')) return `row ${row}: `;
    row += 1;
    from = end + 1;
  }
  return `row ${row}: `;
}
