/** HTML that may be put into a page as it is. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | undefined | readonly Part[];

/** Tagged template for HTML: every inserted text is escaped, Markup goes in as it is, arrays are joined. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.reduce((page, text, index) => page + render(parts[index - 1]) + text));
}

function render(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(render).join('');
  return escapeHtml(String(part));
}

/** Text made safe for HTML content and attribute values. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** One cell of a table; numbers are aligned to the right. */
export interface TableCell {
  text: string | Markup;
  kind?: 'number' | 'code' | 'name' | 'text';
  isBad?: boolean;
}

export interface TableRow {
  cells: TableCell[];
  className?: string;
}

/** A table with a header row. */
export function table(columns: readonly string[], rows: readonly TableRow[]): Markup {
  const first = rows[0]?.cells ?? [];
  const head = columns.map((column, at) => html`<th class="${first[at]?.kind ?? 'text'}">${column}</th>`);
  const body = rows.map(
    (row) =>
      html`<tr class="${row.className ?? ''}">
        ${row.cells.map(cellMarkup)}
      </tr> `,
  );
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}

function cellMarkup(cell: TableCell): Markup {
  const names = `${cell.kind ?? 'text'}${cell.isBad ? ' bad' : ''}`;
  return html`<td class="${names}">${cell.text}</td>`;
}
