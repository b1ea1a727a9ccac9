export type Separator = ',' | ';' | '\t';

/** One line of a table: its number in the file, counted from 1 without empty lines, and its values by column. */
export interface CsvRow {
  number: number;
  values: Record<string, string>;
}

const SEPARATORS: readonly Separator[] = [';', '\t', ','];

/**
 * Rows of a CSV text (RFC 4180) as records by the names of the first line. Without a separator it is the one the first
 * line has most of. Throws Error with one line naming the row.
 */
export function csvRows(text: string, separator = separatorOf(text)): CsvRow[] {
  const [head, ...lines] = linesOf(text, separator);
  if (!head) throw new Error('is empty');
  const names = head.map((name) => name.trim());
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Error(`row 1: ${twice}: the column is there twice`);
  return lines.map((cells, index) => {
    if (cells.length !== names.length) {
      throw new Error(`row ${index + 2}: has ${cells.length} fields, the first line names ${names.length}`);
    }
    return { number: index + 2, values: Object.fromEntries(names.map((name, at) => [name, cells[at] as string])) };
  });
}

/** The separator the first line has most of, outside quotes; a comma when it has none. */
export function separatorOf(text: string): Separator {
  const first = (/^(?:[^"\r\n]|"(?:[^"]|"")*")*/.exec(text)?.[0] ?? '').replace(/"(?:[^"]|"")*"/g, '');
  const count = (separator: string) => first.split(separator).length;
  return SEPARATORS.reduce((best, each) => (count(each) > count(best) ? each : best), ',' as Separator);
}

function linesOf(text: string, separator: Separator): string[][] {
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, 'y');
  const lines: string[][] = [];
  let cells: string[] = [];
  while (field.lastIndex < text.length) {
    const found = field.exec(text);
    if (!found) throw new Error(`row ${lines.length + 1}: a quote is out of place`);
    const [, quoted, plain = '', end] = found;
    cells.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    if (end === separator) {
      if (field.lastIndex === text.length) cells.push('');
      else continue;
    }
    if (cells.some((cell) => cell !== '')) lines.push(cells);
    cells = [];
  }
  return lines;
}
