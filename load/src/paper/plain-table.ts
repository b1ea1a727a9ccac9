import type { OperationId } from '../profiles/operations.js';
import { OPERATION_TITLES } from '../profiles/operations.js';
import type { Language } from '../run-options.js';
import type { Block, PaperRow } from './block.js';
import { columns } from './block.js';

const DASH = '–';

/** A table of texts; `widths` are relative. */
export function simpleTable(
  caption: string,
  titles: readonly string[],
  widths: readonly number[],
  rows: readonly PaperRow[],
): Block {
  return {
    kind: 'table',
    caption,
    columns: columns(...titles.map((title, at) => [title, widths[at] ?? 1] as const)),
    rows,
  };
}

/** What a scenario is called in the language. */
export function titleOf(operation: string, language: Language): string {
  return OPERATION_TITLES[operation as OperationId]?.[language] ?? operation;
}

/** A dash where nothing is known yet. */
export function filled(texts: readonly string[]): string[] {
  return texts.map((text) => (text === '' ? DASH : text));
}
