import { readFileSync } from 'node:fs';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { unzipSync } from 'fflate';

/** A DOCX file taken apart, as a reader sees it. */
export interface WordFile {
  names: string[];
  /** Titles of the numbered headings, by level. */
  headings(level: 1 | 2 | 3): string[];
  /** Whole text of the body. */
  text: string;
  tables: { columns: string[]; rows: string[][] }[];
  /** Cells of the rows that stand on red in every cell. */
  redRows: string[][];
  /** Parts that are not well-formed XML. */
  broken: string[];
}

const RED = '"@_w:fill":"F9D6D5"';

type Node = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  trimValues: false,
  parseTagValue: false,
  processEntities: true,
});

export function readWordFile(path: string): WordFile {
  const parts = unzipSync(readFileSync(path));
  const names = Object.keys(parts);
  const textOf = (name: string) => Buffer.from(parts[name]!).toString('utf8');
  const broken = names.filter((name) => /\.(xml|rels)$/.test(name) && XMLValidator.validate(textOf(name)) !== true);
  const body = parser.parse(textOf('word/document.xml')) as Node[];
  const paragraphs = find(body, 'w:p');
  return {
    names,
    broken,
    text: paragraphs.map(contentOf).join('\n'),
    headings: (level) => paragraphs.filter((each) => styleOf(each) === `Heading${level}`).map(contentOf),
    redRows: find(body, 'w:tr')
      .filter((row) => find(row, 'w:tc').every((cell) => JSON.stringify(cell).includes(RED)))
      .map((row) => find(row, 'w:tc').map(contentOf)),
    tables: find(body, 'w:tbl').map((each) => {
      const rows = find(each, 'w:tr').map((row) => find(row, 'w:tc').map(contentOf));
      return { columns: rows[0] ?? [], rows: rows.slice(1) };
    }),
  };
}

function find(nodes: Node[], tag: string): Node[][] {
  return nodes.flatMap((node) =>
    Object.entries(node).flatMap(([name, children]) => {
      if (!Array.isArray(children)) return [];
      return name === tag ? [children as Node[]] : find(children as Node[], tag);
    }),
  );
}

function contentOf(nodes: Node[]): string {
  return find(nodes, 'w:t')
    .flatMap((each) => each.map((node) => (node as { '#text'?: string })['#text'] ?? ''))
    .join('');
}

function styleOf(paragraph: Node[]): string | undefined {
  const properties = paragraph.find((node) => 'w:pPr' in node)?.['w:pPr'] as Node[] | undefined;
  const style = properties?.find((node) => 'w:pStyle' in node);
  return (style?.[':@'] as Record<string, string> | undefined)?.['@_w:val'];
}
