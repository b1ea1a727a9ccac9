/** A stretch of text inside a paragraph. */
export interface Run {
  readonly text: string;
  readonly isBold?: boolean;
  readonly isItalic?: boolean;
  readonly isCode?: boolean;
}

export type Text = string | readonly Run[];

/** Look of a table cell or row. */
export type Tone = 'plain' | 'bad' | 'good' | 'total';

export interface PaperCell {
  readonly text: Text;
  readonly tone?: Tone;
}

export interface PaperColumn {
  readonly title: string;
  /** Share of the table's width; relative to the other columns. */
  readonly width: number;
  readonly align?: 'left' | 'right' | 'center';
}

export interface PaperRow {
  readonly cells: readonly PaperCell[];
  readonly tone?: Tone;
}

export interface PaperTable {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly PaperColumn[];
  readonly rows: readonly PaperRow[];
}

/** One line of a chart. */
export interface PaperSeries {
  readonly name: string;
  /** RRGGBB. */
  readonly colour: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly isDashed?: boolean;
}

export interface PaperChart {
  readonly kind: 'chart';
  readonly caption: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly series: readonly PaperSeries[];
  readonly xMaximum?: number;
}

/** Bars on top of each other, one bar per category. */
export interface PaperBars {
  readonly kind: 'bars';
  readonly caption: string;
  readonly yTitle: string;
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly colour: string; readonly values: readonly number[] }[];
}

/** What documents consist of, whatever format they are written in. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string; readonly isNumbered: boolean }
  | { readonly kind: 'paragraph'; readonly text: Text; readonly look: 'plain' | 'note' | 'verdict' }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly Text[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'contents'; readonly title: string }
  | { readonly kind: 'page-break' }
  | PaperTable
  | PaperChart
  | PaperBars;

/** First page of a document. */
export interface TitlePage {
  readonly organisation: string;
  readonly title: string;
  readonly subtitle: string;
  readonly lines: readonly string[];
  readonly foot: string;
}

/** A whole document. */
export interface Paper {
  readonly language: 'ru' | 'en';
  readonly titlePage: TitlePage;
  /** Shown at the top of every page but the first. */
  readonly header: string;
  readonly blocks: readonly Block[];
}

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text, isNumbered: true });
export const paragraph = (text: Text): Block => ({ kind: 'paragraph', text, look: 'plain' });
export const note = (text: Text): Block => ({ kind: 'paragraph', text, look: 'note' });
export const list = (items: readonly Text[]): Block => ({ kind: 'list', isOrdered: false, items });
export const cell = (text: Text, tone: Tone = 'plain'): PaperCell => ({ text, tone });
export const row = (...texts: readonly Text[]): PaperRow => ({ cells: texts.map((text) => ({ text })) });

/** Columns from titles with their relative widths and alignments: `[['№', 1, 'right'], ['Критерий', 6]]`. */
export function columns(
  ...described: readonly (readonly [title: string, width: number, align?: PaperColumn['align']])[]
): PaperColumn[] {
  return described.map(([title, width, align = 'left']) => ({ title, width, align }));
}

/** The text without its looks. */
export function plain(text: Text): string {
  return typeof text === 'string' ? text : text.map((run) => run.text).join('');
}
