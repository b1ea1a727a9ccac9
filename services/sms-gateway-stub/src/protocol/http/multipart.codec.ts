import type { RawField } from './fields.js';

const CRLF2 = Buffer.from('\r\n\r\n');

/** Fields of a `multipart/form-data` body (RFC 7578); files keep their bytes, a part without a name is skipped. */
export function multipartFields(body: Buffer, contentType: string, maxFields: number): RawField[] {
  const boundary = /boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(contentType);
  if (boundary === null) return [];
  const delimiter = Buffer.from(`--${boundary[1] ?? boundary[2]!}`);
  const fields: RawField[] = [];
  let from = body.indexOf(delimiter);
  while (from >= 0 && fields.length < maxFields) {
    const start = from + delimiter.length;
    const end = body.indexOf(delimiter, start);
    if (end < 0) break;
    const field = partOf(body.subarray(start, end));
    if (field !== undefined) fields.push(field);
    from = end;
  }
  return fields;
}

function partOf(part: Buffer): RawField | undefined {
  const head = part.indexOf(CRLF2);
  if (head < 0) return undefined;
  const name = /(?:^|[;\s])name="((?:[^"\\\r\n]|\\.){0,200})"/i.exec(part.toString('utf8', 0, head))?.[1];
  if (name === undefined) return undefined;
  return [name, part.subarray(head + CRLF2.length, Math.max(head + CRLF2.length, part.length - 2))];
}
