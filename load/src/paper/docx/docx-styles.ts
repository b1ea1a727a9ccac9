import { AlignmentType } from 'docx';
import type { IStylesOptions } from 'docx';
import { BODY_TEXT, NOTE_TEXT, TABLE_TEXT } from './docx-page.js';

const FONT = 'Times New Roman';
const INK = '1F2933';

/** Styles of a Russian technical document: Times New Roman, headings 1–3, captions, notes; the customer can restyle the file as a whole. */
export function wordStyles(): IStylesOptions {
  const heading = (size: number, before: number) => ({
    run: { font: FONT, size, bold: true, color: INK },
    paragraph: { spacing: { before, after: 120 } },
  });
  const style = (id: string, name: string, run: object, paragraph: object) => ({
    id,
    name,
    basedOn: 'Normal',
    quickFormat: true,
    run: { font: FONT, ...run },
    paragraph,
  });
  return {
    default: {
      document: { run: { font: FONT, size: BODY_TEXT } },
      heading1: heading(32, 360),
      heading2: heading(28, 280),
      heading3: heading(26, 200),
      listParagraph: { run: { font: FONT } },
    },
    paragraphStyles: [
      style('Body', 'Body', {}, { alignment: AlignmentType.JUSTIFIED, spacing: { after: 120, line: 300 } }),
      style('ListItem', 'List Item', {}, { spacing: { after: 60, line: 280 } }),
      style('Note', 'Note', { size: NOTE_TEXT, color: '5A6570' }, { spacing: { after: 120 } }),
      style('Verdict', 'Verdict', { size: 28, bold: true }, { spacing: { before: 120, after: 160 } }),
      style('Code', 'Code', { font: 'Courier New', size: TABLE_TEXT }, { spacing: { after: 0 } }),
      style('TableCaption', 'Table Caption', { size: NOTE_TEXT }, { spacing: { before: 160, after: 60 } }),
      style(
        'FigureCaption',
        'Figure Caption',
        { size: NOTE_TEXT },
        { alignment: AlignmentType.CENTER, spacing: { before: 60, after: 240 } },
      ),
      style('ContentsTitle', 'Contents Title', { size: 32, bold: true }, { spacing: { after: 160 } }),
      style('Gap', 'Gap', { size: 8 }, { spacing: { after: 60 } }),
    ],
  };
}
