import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
} from 'docx';
import type { PaperColumn, PaperRow, PaperTable, Tone } from '../block.js';
import { CONTENT_WIDTH, TABLE_TEXT, WIDE_TABLE_TEXT } from './docx-page.js';
import { textRuns } from './docx-text.js';

const FILL: Record<Tone, string | undefined> = { plain: undefined, bad: 'F9D6D5', good: 'DDF0DD', total: 'EEF1F5' };
const HEADER_FILL = 'DFE6EE';
const LINE = { style: BorderStyle.SINGLE, size: 4, color: '8A94A0' };
const WIDE_COLUMNS = 8;
const ALIGN = { left: AlignmentType.LEFT, right: AlignmentType.RIGHT, center: AlignmentType.CENTER };

/** A native Word table whose header row repeats on every page and whose rows do not break across pages. */
export function wordTable({ columns, rows }: PaperTable): Table {
  const widths = columnWidths(columns);
  return new Table({
    width: { size: CONTENT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: { top: LINE, bottom: LINE, left: LINE, right: LINE, insideHorizontal: LINE, insideVertical: LINE },
    rows: [headerRow(columns, widths), ...rows.map((row) => bodyRow(row, columns, widths))],
  });
}

/** Widths in twentieths of a point that add up to the page's. */
function columnWidths(columns: readonly PaperColumn[]): number[] {
  const all = columns.reduce((sum, column) => sum + column.width, 0);
  const widths = columns.map((column) => Math.floor((CONTENT_WIDTH * column.width) / all));
  widths[widths.length - 1] = CONTENT_WIDTH - widths.slice(0, -1).reduce((sum, width) => sum + width, 0);
  return widths;
}

function headerRow(columns: readonly PaperColumn[], widths: readonly number[]): TableRow {
  const cells = columns.map((column, at) =>
    tableCell(widths[at]!, HEADER_FILL, [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        keepNext: true,
        children: textRuns(column.title, textSize(columns), { bold: true }),
      }),
    ]),
  );
  return new TableRow({ tableHeader: true, cantSplit: true, children: cells });
}

function bodyRow(row: PaperRow, columns: readonly PaperColumn[], widths: readonly number[]): TableRow {
  const cells = columns.map((column, at) => {
    const content = row.cells[at];
    const fill = FILL[content?.tone ?? 'plain'] ?? FILL[row.tone ?? 'plain'];
    const forced = row.tone === 'total' ? { bold: true } : {};
    return tableCell(widths[at]!, fill, [
      new Paragraph({
        alignment: ALIGN[column.align ?? 'left'],
        children: textRuns(content?.text ?? '', textSize(columns), forced),
      }),
    ]);
  });
  return new TableRow({ cantSplit: true, children: cells });
}

function textSize(columns: readonly PaperColumn[]): number {
  return columns.length >= WIDE_COLUMNS ? WIDE_TABLE_TEXT : TABLE_TEXT;
}

function tableCell(width: number, fill: string | undefined, children: Paragraph[]): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { top: 40, bottom: 40, left: 60, right: 60 },
    verticalAlign: VerticalAlign.CENTER,
    ...(fill === undefined ? {} : { shading: { fill } }),
    children,
  });
}
