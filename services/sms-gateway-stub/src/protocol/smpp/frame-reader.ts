import { HEADER_BYTES } from './pdu-decode.codec.js';

/** A command_length that cannot be right: the stream cannot be followed any more. */
export class FramingError extends Error {
  override readonly name = 'FramingError';

  constructor(
    readonly commandLength: number,
    readonly sequence: number,
  ) {
    super(`command_length ${commandLength} is out of range`);
  }
}

/** Where a PDU stands in the stream it came in. The one a connection hands out is aimed at the next PDU soon: `kept` gives one that stays. */
export class FrameRef {
  constructor(
    public stream: Buffer,
    public from: number,
    public to: number,
  ) {}

  aim(stream: Buffer, from: number, to: number): void {
    this.stream = stream;
    this.from = from;
    this.to = to;
  }

  kept(): FrameRef {
    return new FrameRef(this.stream, this.from, this.to);
  }

  get commandId(): number {
    return this.stream.readUInt32BE(this.from + 4);
  }

  /** True for a response: its command_id has the highest bit. Numbers that large are not made to find out. */
  get isResponse(): boolean {
    return this.stream[this.from + 4]! >= 0x80;
  }

  get status(): number {
    return this.stream.readUInt32BE(this.from + 8);
  }

  get sequence(): number {
    return this.stream.readUInt32BE(this.from + 12);
  }

  get bytes(): Buffer {
    return this.stream.subarray(this.from, this.to);
  }
}

/** Cuts a byte stream into PDUs, wherever TCP split or joined them. Keeps at most one unfinished PDU. */
export class FrameReader {
  private rest: Buffer | undefined;

  constructor(private readonly maxBytes: number) {}

  /**
   * Hands every whole PDU of the stream to `take`; stops when `take` answers false.
   * @throws FramingError at a length below the header's or above the limit; what came before it was handed over
   */
  read(chunk: Buffer, take: (frame: Buffer) => boolean): void {
    this.scan(chunk, (stream, from, to) => take(stream.subarray(from, to)));
  }

  /** The same without an object for each PDU: tells where it begins and ends. */
  scan(chunk: Buffer, take: (stream: Buffer, from: number, to: number) => boolean): void {
    const stream = this.rest === undefined ? chunk : Buffer.concat([this.rest, chunk]);
    this.rest = undefined;
    let at = 0;
    while (stream.length - at >= 4) {
      const length = stream.readUInt32BE(at);
      if (length < HEADER_BYTES || length > this.maxBytes) throw new FramingError(length, sequenceAt(stream, at));
      if (stream.length - at < length) break;
      if (!take(stream, at, at + length)) return;
      at += length;
    }
    if (at < stream.length) this.rest = at === 0 ? stream : Buffer.from(stream.subarray(at));
  }
}

function sequenceAt(stream: Buffer, at: number): number {
  return stream.length - at >= HEADER_BYTES ? stream.readUInt32BE(at + 12) : 0;
}
