import { PkiError } from '../pki.errors.js';

/** A dictionary by key, values as they are written. */
export type PdfDictionary = ReadonlyMap<string, string>;

/** `12 0 R` */
export interface PdfReference {
  readonly number: number;
  readonly generation: number;
}

export const malformedPdf = (why: string): PkiError => new PkiError('malformed', `PDF: ${why}`);

const MAX_DEPTH = 50;
/** Larger files are not read: they are kept as text while they are. */
export const MAX_PDF_BYTES = 128 * 1024 * 1024;
const SPACE = /(?:[\0\t\n\f\r ]|%[^\r\n]*)*/y;
const REFERENCE = /(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>[\]{}/%])/y;
const REGULAR = /[^\0\t\n\f\r ()<>[\]{}/%]+/y;
const NAME = /\/[^\0\t\n\f\r ()<>[\]{}/%]*/y;
const HEX = /<[0-9A-Fa-f\0\t\n\f\r ]*>/y;

/** Place behind what the pattern matches there; undefined when it does not. */
function behind(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Place of the next token: white space and comments are passed over. */
export const skipSpace = (text: string, at: number): number => behind(SPACE, text, at) ?? at;

/** Place behind the value that starts at `at` (ISO 32000-1 7.3). @throws PkiError `malformed` */
export function valueEnd(text: string, at: number, depth = 0): number {
  if (depth > MAX_DEPTH) throw malformedPdf('values are nested too deep');
  if (text.startsWith('<<', at)) return dictionaryAt(text, at, depth).end;
  const sign = text[at];
  if (sign === '[') return arrayAt(text, at, depth).end;
  if (sign === '(') return stringEnd(text, at);
  const end = plainEnd(text, at, sign);
  if (end === undefined) throw malformedPdf(`no value at ${at}`);
  return end;
}

/** A value without others inside. */
function plainEnd(text: string, at: number, sign: string | undefined): number | undefined {
  if (sign === '<') return behind(HEX, text, at);
  if (sign === '/') return behind(NAME, text, at);
  return behind(REFERENCE, text, at) ?? behind(REGULAR, text, at);
}

/** A string in parentheses: those inside are in pairs or escaped. */
function stringEnd(text: string, at: number): number {
  let depth = 0;
  for (let place = at; place < text.length; place += 1) {
    const sign = text[place];
    if (sign === '\\') place += 1;
    else if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    if (depth === 0) return place + 1;
  }
  throw malformedPdf('a string does not end');
}

/** Members of the array at `at`, as they are written. @throws PkiError `malformed` */
export function arrayAt(text: string, at: number, depth = 0): { readonly members: string[]; readonly end: number } {
  if (text[at] !== '[') throw malformedPdf('an array is expected');
  const members: string[] = [];
  for (let place = skipSpace(text, at + 1); ; place = skipSpace(text, place)) {
    if (text[place] === ']') return { members, end: place + 1 };
    const end = valueEnd(text, place, depth + 1);
    members.push(text.slice(place, end));
    place = end;
  }
}

/** The dictionary at `at`. @throws PkiError `malformed` */
export function dictionaryAt(
  text: string,
  at: number,
  depth = 0,
): { readonly dictionary: Map<string, string>; readonly end: number } {
  if (!text.startsWith('<<', at)) throw malformedPdf('a dictionary is expected');
  const dictionary = new Map<string, string>();
  for (let place = skipSpace(text, at + 2); ; place = skipSpace(text, place)) {
    if (text.startsWith('>>', place)) return { dictionary, end: place + 2 };
    const keyEnd = text[place] === '/' ? behind(NAME, text, place)! : undefined;
    if (keyEnd === undefined) throw malformedPdf('a key is expected');
    const start = skipSpace(text, keyEnd);
    const end = valueEnd(text, start, depth + 1);
    dictionary.set(text.slice(place + 1, keyEnd), text.slice(start, end));
    place = end;
  }
}

/** `12 0 R` in parts; undefined for any other value. */
export function referenceIn(value: string | undefined): PdfReference | undefined {
  const found = /^(\d{1,10})\s+(\d{1,5})\s+R$/.exec(value ?? '');
  return found === null ? undefined : { number: Number(found[1]), generation: Number(found[2]) };
}

/** A whole number that is not negative. @throws PkiError `malformed` */
export function wholeIn(value: string | undefined, name: string): number {
  if (value !== undefined && /^\d{1,10}$/.test(value)) return Number(value);
  throw malformedPdf(`${name} must be a whole number`);
}

export const writeDictionary = (dictionary: PdfDictionary): string =>
  `<< ${[...dictionary].map(([key, value]) => `/${key} ${value}`).join(' ')} >>`;
