import { PkiError } from '../pki.errors.js';
import { TAG } from './der-writer.js';

/** What the reader refuses to look at. */
export interface DerLimits {
  /** Default 64 KiB: the largest certificate or request anyone sends here. */
  maxBytes: number;
  /** Default 16 levels of nesting. */
  maxDepth: number;
}

const DEFAULT_LIMITS: DerLimits = { maxBytes: 64 * 1024, maxDepth: 16 };
const malformed = (why: string): PkiError => new PkiError('malformed', `DER: ${why}`);

interface Header {
  contentStart: number;
  length: number;
}

/** Offsets of one value in its document, and how many levels may still open inside it. */
interface Span {
  start: number;
  contentStart: number;
  end: number;
  depthLeft: number;
}

function readLength(bytes: Buffer, at: number, limit: number): Header {
  const first = bytes[at];
  if (first === undefined || at >= limit) throw malformed('length is missing');
  if (first < 0x80) return { contentStart: at + 1, length: first };
  const count = first & 0x7f;
  if (count === 0) throw malformed('indefinite length is not allowed');
  if (count > 4) throw malformed('length is too long');
  if (at + 1 + count > limit) throw malformed('length is cut short');
  const length = bytes.readUIntBE(at + 1, count);
  if (length < 0x80 || length < 2 ** (8 * (count - 1))) throw malformed('length is not minimal');
  return { contentStart: at + 1 + count, length };
}

/** One value of a DER document, a window on the original bytes: nothing is copied or decoded until asked. */
export class DerNode {
  private constructor(
    private readonly source: Buffer,
    private readonly span: Span,
  ) {}

  /** The value at `start`, which must end at or before `limit`. */
  static at(source: Buffer, start: number, limit: number, depthLeft: number): DerNode {
    if (depthLeft < 0) throw new PkiError('limit-exceeded', 'DER: nested too deeply');
    const tag = source[start];
    if (tag === undefined || start >= limit) throw malformed('value is missing');
    if ((tag & 0x1f) === 0x1f) throw malformed('long tags are not used here');
    const { contentStart, length } = readLength(source, start + 1, limit);
    if (length > limit - contentStart) throw malformed('value is cut short');
    return new DerNode(source, { start, contentStart, end: contentStart + length, depthLeft });
  }

  get tag(): number {
    return this.source[this.span.start] as number;
  }

  /** Offset just past this value in its document. */
  get endOffset(): number {
    return this.span.end;
  }

  /** Whole encoding, tag included. */
  get der(): Buffer {
    return this.source.subarray(this.span.start, this.span.end);
  }

  get content(): Buffer {
    return this.source.subarray(this.span.contentStart, this.span.end);
  }

  /** This value, refused unless it carries `tag`. */
  expect(tag: number): this {
    if (this.tag !== tag) throw malformed(`expected tag ${tag.toString(16)}, found ${this.tag.toString(16)}`);
    return this;
  }

  /** Members of a constructed value. */
  children(tag?: number): DerNode[] {
    if (tag !== undefined) this.expect(tag);
    if (!(this.tag & 0x20)) throw malformed('a primitive value has no members');
    const nodes: DerNode[] = [];
    for (let at = this.span.contentStart; at < this.span.end;) {
      const node = DerNode.at(this.source, at, this.span.end, this.span.depthLeft - 1);
      nodes.push(node);
      at = node.endOffset;
    }
    return nodes;
  }

  /** The DER document inside an OCTET STRING. */
  unwrapOctets(): DerNode {
    this.expect(TAG.octetString);
    return this.single();
  }

  /** The only member of an explicit tag or an OCTET STRING. */
  single(): DerNode {
    const node = DerNode.at(this.source, this.span.contentStart, this.span.end, this.span.depthLeft - 1);
    if (node.endOffset !== this.span.end) throw malformed('exactly one value is expected inside');
    return node;
  }

  /** Dotted form of an OBJECT IDENTIFIER. */
  oid(): string {
    const bytes = this.expect(TAG.oid).content;
    if (bytes.length === 0 || bytes.length > 64) throw malformed('object identifier must be 1..64 bytes');
    const arcs: number[] = [];
    let arc = 0;
    for (const byte of bytes) {
      if (arc === 0 && byte === 0x80) throw malformed('object identifier arc is not minimal');
      arc = arc * 128 + (byte & 0x7f);
      if (arc > Number.MAX_SAFE_INTEGER) throw malformed('object identifier arc is too large');
      if (byte < 0x80) {
        arcs.push(arc);
        arc = 0;
      }
    }
    if ((bytes.at(-1) as number) & 0x80) throw malformed('object identifier is cut short');
    const first = Math.min(Math.floor((arcs[0] as number) / 40), 2);
    return [first, (arcs[0] as number) - first * 40, ...arcs.slice(1)].join('.');
  }

  /** Unsigned big-endian bytes of a non-negative INTEGER, sign byte removed. */
  unsigned(): Buffer {
    const bytes = this.expect(TAG.integer).content;
    if (bytes.length === 0) throw malformed('integer is empty');
    if ((bytes[0] as number) & 0x80) throw malformed('integer is negative');
    return bytes.length > 1 && bytes[0] === 0 ? bytes.subarray(1) : bytes;
  }

  /** A small non-negative INTEGER. */
  smallInteger(): number {
    const bytes = this.unsigned();
    if (bytes.length > 6) throw malformed('integer is too large');
    return bytes.readUIntBE(0, bytes.length);
  }

  /** BIT STRING content, which must be whole bytes unless `isPartial`. */
  bits(isPartial = false): Buffer {
    const bytes = this.expect(TAG.bitString).content;
    const unused = bytes[0];
    if (unused === undefined || unused > 7 || (unused > 0 && (!isPartial || bytes.length < 2))) {
      throw malformed('bit string has a wrong number of unused bits');
    }
    return bytes.subarray(1);
  }
}

/**
 * Root of a DER document. @throws PkiError `limit-exceeded` beyond the limits, `malformed` for anything that is not DER or
 * is followed by other bytes.
 */
export function readDer(bytes: Buffer, limits: Partial<DerLimits> = {}): DerNode {
  const { maxBytes, maxDepth } = { ...DEFAULT_LIMITS, ...limits };
  if (bytes.length > maxBytes) throw new PkiError('limit-exceeded', `DER: more than ${maxBytes} bytes`);
  const root = DerNode.at(bytes, 0, bytes.length, maxDepth);
  if (root.endOffset !== bytes.length) throw malformed('extra bytes after the document');
  return root;
}
