import { verifyCms, type CmsVerdict, type VerifyCmsOptions } from '../cms/verify-cms.js';
import { MAX_PDF_BYTES } from './pdf-syntax.js';

const RANGE = /\/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]/g;
const MAX_SIGNATURES = 64;

const refused = (reason: string): CmsVerdict => ({ valid: false, reason });

/** The CMS without the zeros that fill its room. */
function trimmed(room: Buffer): Buffer {
  const count = room[1] ?? 0;
  const lengthBytes = count < 0x80 ? 0 : count & 0x7f;
  if (lengthBytes > 4 || room.length < 2 + lengthBytes) return room;
  const length = lengthBytes === 0 ? count : room.readUIntBE(2, lengthBytes);
  return room.subarray(0, 2 + lengthBytes + length);
}

function checked(content: Buffer, range: readonly number[], options: VerifyCmsOptions): CmsVerdict {
  const [start, first, second, rest] = range as [number, number, number, number];
  const isInside = start === 0 && first < second && second + rest <= content.length;
  const room = isInside ? /^<([0-9A-Fa-f]*)>$/.exec(content.toString('latin1', first, second)) : null;
  if (room === null) return refused('the byte range is not all but the signature');
  const covered = Buffer.concat([content.subarray(0, first), content.subarray(second, second + rest)]);
  return verifyCms(trimmed(Buffer.from(room[1]!, 'hex')), covered, options);
}

/**
 * Checks every signature of a PDF, oldest first: its CMS over the bytes of its range, and that the last one covers the whole
 * file. Never throws for any bytes: one verdict without a signature says why.
 */
export function verifyPdf(content: Buffer, options: VerifyCmsOptions = {}): CmsVerdict[] {
  if (content.length > MAX_PDF_BYTES) return [refused(`more than ${MAX_PDF_BYTES} bytes`)];
  const ranges = [...content.toString('latin1').matchAll(RANGE)].map(([, ...numbers]) => numbers.map(Number));
  if (ranges.length === 0) return [refused('the document is not signed')];
  if (ranges.length > MAX_SIGNATURES) return [refused(`more than ${MAX_SIGNATURES} signatures`)];
  const verdicts = ranges.map((range) => checked(content, range, options));
  const [, , second = 0, rest = 0] = ranges.at(-1)!;
  if (second + rest === content.length) return verdicts;
  return [
    ...verdicts.slice(0, -1),
    { ...verdicts.at(-1)!, ...refused('the document was changed after it was signed') },
  ];
}
