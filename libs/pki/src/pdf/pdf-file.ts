import { inflateSync } from 'node:zlib';
import { PkiError } from '../pki.errors.js';
import {
  arrayAt,
  dictionaryAt,
  malformedPdf,
  MAX_PDF_BYTES,
  referenceIn,
  skipSpace,
  valueEnd,
  wholeIn,
  type PdfDictionary,
} from './pdf-syntax.js';

/** Where an object is: in the file, or as the `index`-th of an object stream. */
type Place = { readonly offset: number } | { readonly stream: number; readonly index: number };

const MAX_SECTIONS = 200;
const MAX_OBJECTS = 1_000_000;
const MAX_STREAM_BYTES = 64 * 1024 * 1024;

/** Objects of a PDF file by its cross-reference sections, newest first (ISO 32000-1 7.5). Reads what a signature needs to know. */
export class PdfFile {
  /** The file, one character per byte. */
  readonly text: string;
  /** The newest trailer. */
  readonly trailer: PdfDictionary;
  /** Where the newest cross-reference section starts. */
  readonly lastSection: number;
  /** The newest section is a stream: so must be the next one. */
  readonly hasStreamSections: boolean;
  private readonly places = new Map<number, Place>();
  private readonly streams = new Map<number, readonly string[]>();

  /** @throws PkiError `malformed`, `limit-exceeded` */
  constructor(content: Buffer) {
    if (content.length > MAX_PDF_BYTES) throw new PkiError('limit-exceeded', `PDF: more than ${MAX_PDF_BYTES} bytes`);
    this.text = content.toString('latin1');
    if (!this.text.startsWith('%PDF-')) throw malformedPdf('the header is missing');
    const mark = this.text.lastIndexOf('startxref');
    const found = mark < 0 ? null : /^startxref\s+(\d{1,10})\s/.exec(`${this.text.slice(mark, mark + 60)} `);
    if (found === null) throw malformedPdf('startxref is missing');
    this.lastSection = Number(found[1]);
    this.hasStreamSections = !this.text.startsWith('xref', this.lastSection);
    this.trailer = this.readSections();
    if (this.trailer.has('Encrypt')) throw malformedPdf('the document is encrypted');
  }

  /** Text of an object's value. @throws PkiError `malformed` for one that is not there */
  object(number: number): string {
    const place = this.places.get(number);
    if (place === undefined) throw malformedPdf(`object ${number} is missing`);
    if ('offset' in place) return this.objectAt(place.offset, number).value;
    const value = this.objectStream(place.stream)[place.index];
    if (value === undefined) throw malformedPdf(`object ${number} is missing`);
    return value;
  }

  /** @throws PkiError `malformed` for another kind of object */
  dictionary(number: number): Map<string, string> {
    return dictionaryAt(this.object(number), 0).dictionary;
  }

  /** An object that is in no stream: the length of one may not lead into another. */
  private plainObject(number: number): string {
    const place = this.places.get(number);
    if (place === undefined || !('offset' in place)) throw malformedPdf(`object ${number} is missing`);
    return this.objectAt(place.offset, number).value;
  }

  private readSections(): PdfDictionary {
    const waiting = [this.lastSection];
    const seen = new Set<number>();
    let newest: PdfDictionary | undefined;
    for (let offset = waiting.shift(); offset !== undefined; offset = waiting.shift()) {
      if (seen.has(offset)) continue;
      if (seen.size >= MAX_SECTIONS) throw malformedPdf(`more than ${MAX_SECTIONS} cross-reference sections`);
      seen.add(offset);
      const trailer = this.text.startsWith('xref', offset) ? this.readTable(offset) : this.readStream(offset);
      newest ??= trailer;
      for (const key of ['XRefStm', 'Prev']) if (trailer.has(key)) waiting.push(wholeIn(trailer.get(key), key));
    }
    return newest!;
  }

  private add(number: number, place: Place): void {
    if (this.places.has(number)) return;
    if (this.places.size >= MAX_OBJECTS) throw malformedPdf(`more than ${MAX_OBJECTS} objects`);
    this.places.set(number, place);
  }

  private readTable(offset: number): PdfDictionary {
    const subsection = /\s*(\d{1,10})[ \t]+(\d{1,10})[ \t]*\r?\n?/y;
    const entry = /\s*(\d{10})[ \t](\d{5})[ \t]([nf])/y;
    let at = offset + 4;
    for (;;) {
      subsection.lastIndex = at;
      const head = subsection.exec(this.text);
      if (head === null) break;
      at = subsection.lastIndex;
      for (let index = 0; index < Number(head[2]); index += 1) {
        entry.lastIndex = at;
        const found = entry.exec(this.text);
        if (found === null) throw malformedPdf('a cross-reference entry is wrong');
        at = entry.lastIndex;
        if (found[3] === 'n') this.add(Number(head[1]) + index, { offset: Number(found[1]) });
      }
    }
    at = skipSpace(this.text, at);
    if (!this.text.startsWith('trailer', at)) throw malformedPdf('the trailer is missing');
    return dictionaryAt(this.text, skipSpace(this.text, at + 7)).dictionary;
  }

  private readStream(offset: number): PdfDictionary {
    const { dictionary, bytes } = this.streamAt(offset);
    const widths = widthsIn(dictionary);
    const written = dictionary.get('Index') ?? `[0 ${dictionary.get('Size') ?? ''}]`;
    const index = arrayAt(written, 0).members.map((member) => wholeIn(member, 'Index'));
    const size = widths.reduce((sum, width) => sum + width, 0);
    let at = 0;
    for (let pair = 0; pair + 1 < index.length; pair += 2) {
      for (let count = 0; count < index[pair + 1]! && at + size <= bytes.length; count += 1, at += size) {
        const place = placeIn(bytes, at, widths);
        if (place !== undefined) this.add(index[pair]! + count, place);
      }
    }
    return dictionary;
  }

  private objectAt(offset: number, number?: number): { readonly value: string; readonly end: number } {
    const head = /\s*(\d{1,10})\s+\d{1,5}\s+obj/y;
    head.lastIndex = offset;
    const found = head.exec(this.text);
    const isIt = found !== null && (number === undefined || Number(found[1]) === number);
    if (!isIt) throw malformedPdf(`there is no object ${number ?? ''} at ${offset}`);
    const start = skipSpace(this.text, head.lastIndex);
    const end = valueEnd(this.text, start);
    return { value: this.text.slice(start, end), end };
  }

  private streamAt(offset: number): { readonly dictionary: PdfDictionary; readonly bytes: Buffer } {
    const { value, end } = this.objectAt(offset);
    const { dictionary } = dictionaryAt(value, 0);
    const head = /\s*stream\r?\n/y;
    head.lastIndex = end;
    if (!head.test(this.text)) throw malformedPdf('a stream is expected');
    const start = head.lastIndex;
    const reference = referenceIn(dictionary.get('Length'));
    const length = reference === undefined ? dictionary.get('Length') : this.plainObject(reference.number);
    const raw = Buffer.from(this.text.slice(start, start + wholeIn(length, 'Length')), 'latin1');
    return { dictionary, bytes: unfiltered(dictionary, raw) };
  }

  private objectStream(number: number): readonly string[] {
    const known = this.streams.get(number);
    if (known !== undefined) return known;
    const place = this.places.get(number);
    if (place === undefined || !('offset' in place)) throw malformedPdf(`object stream ${number} is missing`);
    const { dictionary, bytes } = this.streamAt(place.offset);
    const text = bytes.toString('latin1');
    const [count, first] = [wholeIn(dictionary.get('N'), 'N'), wholeIn(dictionary.get('First'), 'First')];
    const numbers = text.slice(0, first).trim().split(/\s+/).map(Number);
    if (numbers.length < count * 2) throw malformedPdf('the head of an object stream is wrong');
    const values = Array.from({ length: count }, (_, index) => {
      const at = skipSpace(text, first + numbers[index * 2 + 1]!);
      return text.slice(at, valueEnd(text, at));
    });
    this.streams.set(number, values);
    return values;
  }
}

/** Bytes of the three fields of an entry. */
function widthsIn(dictionary: PdfDictionary): readonly number[] {
  const widths = arrayAt(dictionary.get('W') ?? '', 0).members.map((width) => wholeIn(width, 'W'));
  const isUsable = widths.length === 3 && widths.every((width) => width <= 6) && widths.some((width) => width > 0);
  if (!isUsable) throw malformedPdf('W is wrong');
  return widths;
}

/** What an entry of a cross-reference stream says (ISO 32000-1 table 18); undefined for a free object. */
function placeIn(bytes: Buffer, at: number, [first = 0, second = 0, third = 0]: readonly number[]): Place | undefined {
  const field = (start: number, width: number): number => (width === 0 ? 0 : bytes.readUIntBE(start, width));
  const kind = first === 0 ? 1 : field(at, first);
  const left = field(at + first, second);
  if (kind === 1) return { offset: left };
  return kind === 2 ? { stream: left, index: field(at + first + second, third) } : undefined;
}

/** Only what cross-reference and object streams use: Flate, with a PNG predictor or none (ISO 32000-1 7.4.4). */
function unfiltered(dictionary: PdfDictionary, raw: Buffer): Buffer {
  const filter = dictionary.get('Filter')?.replace(/^\[\s*(.*?)\s*\]$/, '$1');
  if (filter === undefined) return raw;
  if (filter !== '/FlateDecode') throw malformedPdf(`filter ${filter.slice(0, 40)} is not known here`);
  const bytes = inflated(raw);
  const parameters = parametersIn(dictionary);
  const predictor = wholeIn(parameters.get('Predictor') ?? '1', 'Predictor');
  if (predictor === 1) return bytes;
  if (predictor < 10) throw malformedPdf(`predictor ${predictor} is not known here`);
  return unpredicted(bytes, wholeIn(parameters.get('Columns') ?? '1', 'Columns'));
}

function parametersIn(dictionary: PdfDictionary): PdfDictionary {
  const written = dictionary.get('DecodeParms')?.replace(/^\[\s*([^]*?)\s*\]$/, '$1') ?? '';
  return written.startsWith('<<') ? dictionaryAt(written, 0).dictionary : new Map();
}

function inflated(raw: Buffer): Buffer {
  try {
    return inflateSync(raw, { maxOutputLength: MAX_STREAM_BYTES });
  } catch {
    throw malformedPdf('a compressed stream is damaged or too large');
  }
}

/** Rows of one byte per column behind a byte that names the row's filter: none, left or up; cross-references use no other. */
function unpredicted(bytes: Buffer, columns: number): Buffer {
  const rows = Math.floor(bytes.length / (columns + 1));
  const out = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const filter = bytes[row * (columns + 1)];
    if (filter! > 2) throw malformedPdf(`row filter ${filter} is not known here`);
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      const left = filter === 1 && column > 0 ? out[at - 1]! : 0;
      const up = filter === 2 && row > 0 ? out[at - columns]! : 0;
      out[at] = bytes[row * (columns + 1) + 1 + column]! + left + up;
    }
  }
  return out;
}
