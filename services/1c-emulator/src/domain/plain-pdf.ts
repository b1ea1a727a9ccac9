import { transliterate } from '@poligon/people';

const LINE_POINTS = 16;
const MAX_LINES = 40;

/**
 * A PDF of one page with some lines in Latin letters, which every reader's built-in font has.
 * @param bytes the file is made at least that long by a comment
 */
export function plainPdf(title: string, lines: readonly string[], bytes: number): Buffer {
  const shown = [title, ...lines].slice(0, MAX_LINES).map((line) => `(${literal(line)}) Tj 0 -${LINE_POINTS} Td`);
  const page = `BT /F1 12 Tf 50 780 Td ${shown.join(' ')} ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${page.length}>>\nstream\n${page}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, nth) => {
    const offset = text.length;
    text += `${nth + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const padding = Math.max(0, bytes - text.length);
  if (padding > 0) text += `%${'.'.repeat(padding)}\n`;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${table.join('')}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text + end, 'latin1');
}

function literal(line: string): string {
  return transliterate(line)
    .replace(/[^ -~]/g, '?')
    .replace(/[\\()]/g, (sign) => `\\${sign}`);
}
