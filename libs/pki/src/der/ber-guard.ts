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
 * @returns its length in bytes; anything after it is the caller's business
 * @throws PkiError `malformed` or `limit-exceeded`
 */
export function guardBer(bytes: Buffer, limits: BerLimits): number {
  if (bytes.length > limits.maxBytes) throw new PkiError('limit-exceeded', `BER: more than ${limits.maxBytes} bytes`);
  const open: Level[] = [];
  let at = 0;
  for (let values = 0; ; values++) {
    if (values > limits.maxValues) throw new PkiError('limit-exceeded', `BER: more than ${limits.maxValues} values`);
    if (at >= bytes.length) throw malformed('document is cut short');
    at = step(bytes, at, { open, limits });
    closeLevels(open, at);
    if (open.length === 0) return at;
  }
}

/** Consumes one header, and the content too when it is primitive. */
function step(bytes: Buffer, at: number, scan: { open: Level[]; limits: BerLimits }): number {
  const { open, limits } = scan;
  if (bytes[at] === 0 && bytes[at + 1] === 0 && open.at(-1) === Infinity) {
    open.pop();
    return at + 2;
  }
  const isConstructed = Boolean((bytes[at] as number) & 0x20);
  const { start, length } = readLength(bytes, skipTag(bytes, at));
  if (length === undefined) {
    if (!isConstructed) throw malformed('a primitive value has an indefinite length');
    enter(open, Infinity, limits);
    return start;
  }
  const end = start + length;
  if (end > boundary(open, bytes.length)) throw malformed('value is cut short');
  if (!isConstructed) return end;
  enter(open, end, limits);
  return start;
}
