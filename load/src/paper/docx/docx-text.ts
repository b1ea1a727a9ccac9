import { TextRun } from 'docx';
import type { Text } from '../block.js';

/** What XML 1.0 cannot carry besides control characters: non-characters and halves of surrogate pairs. */
const NOT_XML = /[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const CONTROL = /\p{Cc}/gu;
const ALLOWED_CONTROLS = '\t\n\r';

const CODE_FONT = 'Courier New';

/** Text that any Word reader takes: what XML cannot carry is replaced by U+FFFD. */
export function wordText(text: string): string {
  return text
    .replace(NOT_XML, '\ufffd')
    .replace(CONTROL, (character) => (ALLOWED_CONTROLS.includes(character) ? character : '\ufffd'));
}

/** Runs of a paragraph; `size` is half-points, `forced` adds to the looks of every run. */
export function textRuns(text: Text, size?: number, forced: { bold?: boolean; color?: string } = {}): TextRun[] {
  const runs = typeof text === 'string' ? [{ text }] : text;
  return runs.map(
    (run) =>
      new TextRun({
        text: wordText(run.text),
        ...('isBold' in run && run.isBold ? { bold: true } : {}),
        ...('isItalic' in run && run.isItalic ? { italics: true } : {}),
        ...('isCode' in run && run.isCode ? { font: CODE_FONT } : {}),
        ...(size === undefined ? {} : { size }),
        ...forced,
      }),
  );
}
