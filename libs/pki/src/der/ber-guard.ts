import { PkiError } from '../pki.errors.js';

/** Bounds of a BER document before a recursive parser may see it. */
export interface BerLimits {
  maxBytes: number;
  maxDepth: number;
  maxValues: number;
}

const malformed = (why: string): PkiError => new PkiError('malformed', `BER: ${why}`);

/** Offset after one tag. */
function skipTag(bytes: Buffer, at: number): number {
  if (((bytes[at] as number) & 0x1f) !== 0x1f) return at + 1;
  for (let next = at + 1; next < Math.min(bytes.length, at + 6); next++) {
    if ((bytes[next] as number) < 0x80) return next + 1;
  }
  throw malformed('tag is too long');
}

interface Length {
  start: number;
  /** Undefined for the indefinite form. */
  length: number | undefined;
}

function readLength(bytes: Buffer, at: number): Length {
  const first = bytes[at];
  if (first === undefined) throw malformed('length is missing');
  if (first < 0x80) return { start: at + 1, length: first };
  const count = first & 0x7f;
  if (count === 0) return { start: at + 1, length: undefined };
  if (count > 6 || at + 1 + count > bytes.length) throw malformed('length is cut short or too long');
  return { start: at + 1 + count, length: bytes.readUIntBE(at + 1, count) };
}

/** End of an open constructed value; Infinity while an end-of-contents marker is awaited. */
type Level = number;

function closeLevels(open: Level[], at: number): void {
  while (open.length > 0 && open.at(-1) === at) open.pop();
}

/** Innermost definite end around the current position. */
function boundary(open: readonly Level[], total: number): number {
  for (let i = open.length - 1; i >= 0; i--) if (open[i] !== Infinity) return open[i] as number;
  return total;
}

function enter(open: Level[], end: Level, limits: BerLimits): void {
  open.push(end);
  if (open.length > limits.maxDepth) throw new PkiError('limit-exceeded', 'BER: nested too deeply');
}

/**
 * One pass over a BER document, definite or indefinite lengths, without recursion: proves that it is complete and within
 * limits, so that a recursive parser cannot be made to overflow or wander.
 * @returns whether the lengths and strings are already in DER form
 * @throws PkiError `malformed` or `limit-exceeded`
 */
export function guardBer(bytes: Buffer, limits: BerLimits): { isDer: boolean } {
  if (bytes.length > limits.maxBytes) throw new PkiError('limit-exceeded', `BER: more than ${limits.maxBytes} bytes`);
  const scan: Scan = { open: [], limits, isDer: true };
  const { open } = scan;
  let at = 0;
  for (let values = 0; ; values++) {
    if (values > limits.maxValues) throw new PkiError('limit-exceeded', `BER: more than ${limits.maxValues} values`);
    if (at >= bytes.length) throw malformed('document is cut short');
    at = step(bytes, at, scan);
    closeLevels(open, at);
    if (open.length > 0) continue;
    if (at !== bytes.length) throw malformed('extra bytes after the document');
    return { isDer: scan.isDer };
  }
}

interface Scan {
  open: Level[];
  limits: BerLimits;
  isDer: boolean;
}

const CONSTRUCTED_OCTET_STRING = 0x24;

/** Shortest form of a length, in bytes after the tag. */
const minimalBytes = (length: number): number => (length < 0x80 ? 1 : 1 + Math.ceil(length.toString(16).length / 2));

/** Consumes one header, and the content too when it is primitive. */
function step(bytes: Buffer, at: number, scan: Scan): number {
  const { open, limits } = scan;
  if (bytes[at] === 0 && bytes[at + 1] === 0 && open.at(-1) === Infinity) {
    open.pop();
    return at + 2;
  }
  const isConstructed = Boolean((bytes[at] as number) & 0x20);
  const lengthAt = skipTag(bytes, at);
  const { start, length } = readLength(bytes, lengthAt);
  if (bytes[at] === CONSTRUCTED_OCTET_STRING) scan.isDer = false;
  if (length === undefined) {
    scan.isDer = false;
    if (!isConstructed) throw malformed('a primitive value has an indefinite length');
    enter(open, Infinity, limits);
    return start;
  }
  if (start - lengthAt !== minimalBytes(length)) scan.isDer = false;
  const end = start + length;
  if (end > boundary(open, bytes.length)) throw malformed('value is cut short');
  if (!isConstructed) return end;
  enter(open, end, limits);
  return start;
}
