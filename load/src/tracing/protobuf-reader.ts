/** The bytes are not the message they claim to be; the message is one line. */
export class OtlpFormatError extends Error {
  override readonly name = 'OtlpFormatError';
}

const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** Reads protobuf fields from a range of a buffer without making objects of them. All methods throw OtlpFormatError past the end. */
export class ProtobufReader {
  /** Number and wire type of the field `next` stands at. */
  field = 0;
  private wire = 0;

  constructor(
    private readonly buffer: Buffer,
    private at = 0,
    private readonly end = buffer.length,
  ) {}

  /** Steps to the next field; false at the end of the message. */
  next(): boolean {
    if (this.at >= this.end) return false;
    const tag = this.varint();
    this.field = Math.floor(tag / 8);
    this.wire = tag % 8;
    if (this.field === 0) throw new OtlpFormatError('field number 0');
    return true;
  }

  /** A whole number; above 2^53 its lowest digits are lost. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let read = 0; read < 10; read += 1) {
      if (this.at >= this.end) throw new OtlpFormatError('message ends within a number');
      const byte = this.buffer[this.at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new OtlpFormatError('number longer than ten bytes');
  }

  /** The number of a varint field. */
  number(): number {
    this.expect(WIRE.varint);
    return this.varint();
  }

  double(): number {
    this.expect(WIRE.fixed64);
    return this.buffer.readDoubleLE(this.advance(8));
  }

  /** Nanoseconds since the epoch as milliseconds with a fraction. */
  nanosAsMs(): number {
    this.expect(WIRE.fixed64);
    const at = this.advance(8);
    const low = this.buffer.readUInt32LE(at);
    const high = this.buffer.readUInt32LE(at + 4);
    // Divided before they are added: the sum itself would not fit into 53 bits.
    return high * 4294.967296 + low / 1e6;
  }

  hex(): string {
    const [from, to] = this.range();
    return this.buffer.toString('hex', from, to);
  }

  text(): string {
    const [from, to] = this.range();
    return this.buffer.toString('utf8', from, to);
  }

  /** A reader of the message in this field. */
  message(): ProtobufReader {
    const [from, to] = this.range();
    return new ProtobufReader(this.buffer, from, to);
  }

  skip(): void {
    if (this.wire === WIRE.varint) this.varint();
    else if (this.wire === WIRE.fixed64) this.advance(8);
    else if (this.wire === WIRE.fixed32) this.advance(4);
    else this.range();
  }

  private range(): readonly [number, number] {
    this.expect(WIRE.bytes);
    const length = this.varint();
    const from = this.advance(length);
    return [from, from + length];
  }

  private advance(bytes: number): number {
    const from = this.at;
    if (bytes > this.end - from) throw new OtlpFormatError(`field ${this.field} is longer than its message`);
    this.at = from + bytes;
    return from;
  }

  private expect(wire: number): void {
    if (this.wire !== wire) throw new OtlpFormatError(`field ${this.field} has wire type ${this.wire}, not ${wire}`);
  }
}
