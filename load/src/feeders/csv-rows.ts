/** Rows of a CSV text as records by the names of the first line (RFC 4180; `;` works like `,`). Throws Error with one line. */
export function csvRows(text: string): Record<string, string>[] {
  const [head, ...lines] = linesOf(text.replace(/^\uFEFF/, ''));
  if (!head) throw new Error('is empty');
  return lines.map((cells, index) => {
    if (cells.length !== head.length) {
      throw new Error(`row ${index + 2}: has ${cells.length} fields, the first line names ${head.length}`);
    }
    return Object.fromEntries(head.map((name, at) => [name.trim(), cells[at] as string]));
  });
}

const FIELD = /(?:"((?:[^"]|"")*)"|([^",;\r\n]*))(,|;|\r?\n|$)/y;

function linesOf(text: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const found = FIELD.exec(text);
    if (!found) throw new Error(`row ${lines.length + 1}: a quote is out of place`);
    const [, quoted, plain = '', end] = found;
    cells.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    if (end === ',' || end === ';') {
      if (FIELD.lastIndex === text.length) cells.push('');
      else continue;
    }
    if (cells.some((cell) => cell !== '')) lines.push(cells);
    cells = [];
  }
  return lines;
}
