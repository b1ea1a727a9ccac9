import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  SequentialIdentifier,
  TableOfContents,
  TextRun,
} from 'docx';
import type { FileChild, IParagraphOptions } from 'docx';
import { estimatePageNumbers } from 'docx/layout';
import type { Block, Paper, PaperBars, PaperChart, PaperTable, TitlePage } from '../block.js';
import { wordBars, wordChart } from './docx-chart.js';
import { BODY_TEXT, NOTE_TEXT, PAGE } from './docx-page.js';
import { wordStyles } from './docx-styles.js';
import { wordTable } from './docx-table.js';
import { textRuns, wordText } from './docx-text.js';

const HEADINGS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 };
const WORDS = { ru: { table: 'Таблица', figure: 'Рисунок' }, en: { table: 'Table', figure: 'Figure' } };
const HEADING_NUMBERS = 'headings';
const LIST_NUMBERS = 'steps';

/**
 * Writes a document as DOCX: native headings with numbers, tables, charts, captions counted by fields, contents with page numbers. The
 * page numbers are worked out here, so Word shows the file without asking to update its fields.
 */
export async function writeDocx(paper: Paper): Promise<Buffer> {
  let lists = 0;
  const children = paper.blocks.flatMap((block) => {
    if (block.kind === 'list' && block.isOrdered) lists += 1;
    return wordBlock(block, paper.language, lists);
  });
  const document = new Document({
    title: wordText(paper.titlePage.title),
    creator: wordText(paper.titlePage.organisation),
    description: wordText(paper.titlePage.subtitle),
    lastModifiedBy: wordText(paper.titlePage.organisation),
    styles: wordStyles(),
    numbering: { config: [headingNumbers(), listNumbers()] },
    pageNumbers: estimatePageNumbers,
    sections: [
      {
        properties: { page: PAGE, titlePage: true },
        headers: { default: new Header({ children: [small(paper.header, AlignmentType.RIGHT)] }) },
        footers: { default: new Footer({ children: [pageNumber()] }) },
        children: [...titlePage(paper.titlePage), ...children],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function wordBlock(block: Block, language: Paper['language'], instance: number): FileChild[] {
  switch (block.kind) {
    case 'heading':
      return [wordHeading(block)];
    case 'paragraph':
      return [wordParagraph(block)];
    case 'list':
      return block.items.map((item) => listItem(textRuns(item), block.isOrdered ? instance : undefined));
    case 'code':
      return block.text.split('\n').map((line) => new Paragraph({ style: 'Code', children: textRuns(line) }));
    case 'contents':
      return [
        new Paragraph({ style: 'ContentsTitle', children: textRuns(block.title) }),
        new TableOfContents(block.title, { hyperlink: true, headingStyleRange: '1-2' }),
      ];
    case 'page-break':
      return [new Paragraph({ children: [new PageBreak()] })];
    case 'table':
      return [...tableCaption(block, WORDS[language].table), wordTable(block), new Paragraph({ style: 'Gap' })];
    case 'chart':
    case 'bars':
      return figure(block, WORDS[language].figure);
  }
}

function wordHeading({ level, text, isNumbered }: Extract<Block, { kind: 'heading' }>): Paragraph {
  const numbering = isNumbered ? { numbering: { reference: HEADING_NUMBERS, level: level - 1 } } : {};
  return new Paragraph({ heading: HEADINGS[level], keepNext: true, ...numbering, children: textRuns(text) });
}

function wordParagraph({ text, look }: Extract<Block, { kind: 'paragraph' }>): Paragraph {
  if (look === 'note') return new Paragraph({ style: 'Note', children: textRuns(text) });
  if (look === 'verdict') return new Paragraph({ style: 'Verdict', children: textRuns(text) });
  return new Paragraph({ style: 'Body', children: textRuns(text) });
}

function listItem(children: TextRun[], instance: number | undefined): Paragraph {
  const place: IParagraphOptions =
    instance === undefined ? { bullet: { level: 0 } } : { numbering: { reference: LIST_NUMBERS, level: 0, instance } };
  return new Paragraph({ style: 'ListItem', ...place, children });
}

function tableCaption({ caption }: PaperTable, word: string): Paragraph[] {
  if (caption === '') return [];
  return [new Paragraph({ style: 'TableCaption', keepNext: true, children: numbered(word, caption) })];
}

function figure(block: PaperChart | PaperBars, word: string): Paragraph[] {
  const drawing = block.kind === 'chart' ? wordChart(block) : wordBars(block);
  return [
    new Paragraph({ keepNext: true, alignment: AlignmentType.CENTER, children: [drawing] }),
    new Paragraph({ style: 'FigureCaption', children: numbered(word, block.caption) }),
  ];
}

function numbered(word: string, caption: string): TextRun[] {
  return [new TextRun(`${word} `), new SequentialIdentifier(word), new TextRun(` – ${wordText(caption)}`)];
}

function titlePage(page: TitlePage): Paragraph[] {
  const centred = (text: string, size: number, before: number, isBold = false) =>
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before },
      children: textRuns(text, size, isBold ? { bold: true } : {}),
    });
  return [
    centred(page.organisation, BODY_TEXT, 0),
    centred(page.title, 40, 3600, true),
    centred(page.subtitle, 28, 240),
    ...page.lines.map((line, at) => centred(line, BODY_TEXT, at === 0 ? 600 : 60)),
    centred(page.foot, BODY_TEXT, 4200),
    new Paragraph({ children: [new PageBreak()] }),
  ];
}

function small(text: string, alignment: (typeof AlignmentType)[keyof typeof AlignmentType]): Paragraph {
  const border = { bottom: { style: BorderStyle.SINGLE, size: 4, color: '8A94A0', space: 4 } };
  return new Paragraph({ alignment, border, children: textRuns(text, NOTE_TEXT, { color: '5A6570' }) });
}

function pageNumber(): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT], size: NOTE_TEXT })],
  });
}

function headingNumbers() {
  const level = (at: number, text: string) => ({
    level: at,
    format: LevelFormat.DECIMAL,
    text,
    suffix: 'space' as const,
  });
  return { reference: HEADING_NUMBERS, levels: [level(0, '%1'), level(1, '%1.%2'), level(2, '%1.%2.%3')] };
}

function listNumbers() {
  const style = { paragraph: { indent: { left: 720, hanging: 360 } } };
  return { reference: LIST_NUMBERS, levels: [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.', style }] };
}
