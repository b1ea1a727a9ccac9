import type { OtlpBatch } from './otlp-batch.js';

/**
 * ExportTraceServiceResponse: empty, or with `partial_success` naming how many spans were rejected and why (OTLP specification, Partial
 * Success): a sender must not send them again.
 */
export function exportAnswer(
  type: string,
  { rejected, firstProblem = '' }: OtlpBatch,
): { readonly content: string; readonly body: Buffer } {
  if (type === 'application/json') {
    const partialSuccess = { rejectedSpans: String(rejected), errorMessage: firstProblem };
    return { content: type, body: Buffer.from(JSON.stringify(rejected === 0 ? {} : { partialSuccess })) };
  }
  if (rejected === 0) return { content: 'application/x-protobuf', body: Buffer.alloc(0) };
  const message = Buffer.from(firstProblem);
  const partial = Buffer.concat([
    Buffer.from([0x08]),
    varint(rejected),
    Buffer.from([0x12]),
    varint(message.length),
    message,
  ]);
  return {
    content: 'application/x-protobuf',
    body: Buffer.concat([Buffer.from([0x0a]), varint(partial.length), partial]),
  };
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return Buffer.from([...bytes, rest]);
}
