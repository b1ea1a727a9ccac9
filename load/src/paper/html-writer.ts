import { readFileSync } from 'node:fs';
import type { Markup, TableRow } from '../report/markup.js';
import { html, Markup as Raw, table } from '../report/markup.js';
import type { Block, Paper, PaperTable, Text } from './block.js';

const CSS = new URL('../report/report.css', import.meta.url);

/** A document as one self-contained HTML page in the look of the report; charts are left to the Word file. */
export function writeHtml(paper: Paper): string {
  const { title, subtitle, lines } = paper.titlePage;
  const page = html`<!doctype html>
    <html lang="${paper.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Raw(readFileSync(CSS, 'utf8'))}
        </style>
      </head>
      <body>
        <main>
          <header>
            <div>
              <h1>${title}</h1>
              <div class="sub">${subtitle}</div>
              ${lines.map((line) => html`<div class="sub">${line}</div>`)}
            </div>
          </header>
          ${sections(paper.blocks)}
        </main>
      </body>
    </html> `;
  return page.text;
}

/** Blocks under their first-level headings. */
function sections(blocks: readonly Block[]): Markup[] {
  const grouped: Block[][] = [];
  for (const block of blocks) {
    if (grouped.length === 0 || (block.kind === 'heading' && block.level === 1)) grouped.push([]);
    grouped.at(-1)!.push(block);
  }
  return grouped.map((group) => html`<section>${group.map(markupOf)}</section> `);
}

function markupOf(block: Block): Markup | undefined {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? html`<h2>${block.text}</h2>` : html`<h3>${block.text}</h3>`;
    case 'paragraph':
      return block.look === 'note'
        ? html`<p class="note">${textOf(block.text)}</p>`
        : html`<p>${textOf(block.text)}</p>`;
    case 'list':
      return html`<ul class="reasons">
        ${block.items.map((item) => html`<li>${textOf(item)}</li>`)}
      </ul>`;
    case 'code':
      return html`<pre>${block.text}</pre>`;
    case 'table':
      return html`${block.caption === '' ? undefined : html`<h3>${block.caption}</h3>`}${tableOf(block)}`;
    default:
      return undefined;
  }
}

function tableOf({ columns, rows }: PaperTable): Markup {
  const lines = rows.map((row): TableRow => ({
    className: row.tone === 'bad' || row.tone === 'total' ? row.tone : '',
    cells: row.cells.map((cell, at) => ({
      text: textOf(cell.text),
      kind: columns[at]?.align === 'right' ? 'number' : 'text',
      isBad: cell.tone === 'bad',
    })),
  }));
  return table(
    columns.map(({ title }) => title),
    lines,
  );
}

function textOf(text: Text): Markup {
  if (typeof text === 'string') return html`${text}`;
  return html`${text.map((run) => (run.isCode ? html`<code>${run.text}</code>` : run.isBold ? html`<b>${run.text}</b>` : html`${run.text}`))}`;
}
