const CRLF = '\n';
const HEADER = '%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n';

/**
 * A small valid one-page PDF padded to about `sizeBytes`. The padding is a stream object no page refers to, so that
 * converters read a real file of the wanted size without drawing more.
 */
export function pdfFile(title: string, sizeBytes: number): Buffer {
  const text = `BT /F1 14 Tf 72 760 Td (${ascii(title)}) Tj ET`;
  const body = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    stream(text),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  const bare = assemble(body).length;
  const padding = Math.max(0, sizeBytes - bare - 64);
  return assemble(
    padding > 0 ? [...body, stream('0123456789abcdef'.repeat(Math.ceil(padding / 16)).slice(0, padding))] : body,
  );
}

function stream(content: string): string {
  return `<< /Length ${content.length} >>${CRLF}stream${CRLF}${content}${CRLF}endstream`;
}

function assemble(objects: readonly string[]): Buffer {
  let text = HEADER;
  const offsets: number[] = [];
  objects.forEach((object, index) => {
    offsets.push(text.length);
    text += `${index + 1} 0 obj${CRLF}${object}${CRLF}endobj${CRLF}`;
  });
  const startXref = text.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref${CRLF}0 ${objects.length + 1}${CRLF}0000000000 65535 f \n${rows}`;
  text += `trailer${CRLF}<< /Size ${objects.length + 1} /Root 1 0 R >>${CRLF}startxref${CRLF}${startXref}${CRLF}%%EOF${CRLF}`;
  return Buffer.from(text, 'latin1');
}

function ascii(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').replace(/[()\\]/g, '\\$&');
}
