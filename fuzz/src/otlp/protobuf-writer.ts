/** Wire types of protobuf. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
}

/** A length-delimited field; `claimed` is the length it says it has, the true one when omitted. */
export function bytesField(field: number, content: Buffer, claimed = content.length): Buffer {
  return Buffer.concat([varint(field * 8 + WIRE.bytes), varint(claimed), content]);
}

export function varintField(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8 + WIRE.varint), varint(value)]);
}

export function fixed64Field(field: number, value: bigint): Buffer {
  const content = Buffer.alloc(8);
  content.writeBigUInt64LE(BigInt.asUintN(64, value));
  return Buffer.concat([varint(field * 8 + WIRE.fixed64), content]);
}

/** ExportTraceServiceRequest of one resource and one scope that holds these Span messages. */
export function exportRequest(spans: readonly Buffer[], service = 'fuzz'): Buffer {
  const name = bytesField(1, Buffer.from('service.name'));
  const value = bytesField(2, bytesField(1, Buffer.from(service)));
  const resource = bytesField(1, bytesField(1, Buffer.concat([name, value])));
  const scope = bytesField(2, Buffer.concat(spans.map((span) => bytesField(2, span))));
  return bytesField(1, Buffer.concat([resource, scope]));
}

/** An AnyValue of lists in lists. */
export function deepValue(depth: number): Buffer {
  const heads: Buffer[] = [];
  let length = 0;
  for (let level = 0; level < depth; level += 1) {
    // Even levels are AnyValue.array_value (5), odd ones ArrayValue.values (1).
    const head = Buffer.concat([varint((level % 2 === 0 ? 1 : 5) * 8 + WIRE.bytes), varint(length)]);
    heads.push(head);
    length += head.length;
  }
  return Buffer.concat(heads.reverse());
}
