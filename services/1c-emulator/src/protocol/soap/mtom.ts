import { ProtocolError } from '@poligon/emulator-kit';

/** Attachments of a message by their Content-ID, without angle brackets. */
export type MtomParts = ReadonlyMap<string, Buffer>;

const MAX_PARTS = 100;
const MAX_HEAD_BYTES = 4096;
const NOTHING: MtomParts = new Map();

/**
 * The envelope of a body and what is attached to it: a body of `multipart/related` (MTOM) is taken apart, any other is the envelope itself.
 * @throws ProtocolError `bad-envelope` for a multipart body without parts or with too many
 */
export function partsOf(body: Buffer, contentType: string | undefined): { root: Buffer; attachments: MtomParts } {
  if (!/^\s*multipart\/related/i.test(contentType ?? '')) return { root: body, attachments: NOTHING };
  const parts = split(body, parameterOf(contentType!, 'boundary'));
  const start = parameterOf(contentType!, 'start')?.replace(/^<|>$/g, '');
  const root = parts.find(({ id }) => id !== undefined && id === start) ?? parts[0];
  if (root === undefined) throw new ProtocolError('bad-envelope');
  const attachments = new Map<string, Buffer>();
  for (const { id, content } of parts) if (id !== undefined) attachments.set(id, content);
  return { root: root.content, attachments };
}

function parameterOf(contentType: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(contentType);
  return found?.[1] ?? found?.[2];
}

interface Part {
  readonly id: string | undefined;
  readonly content: Buffer;
}

function split(body: Buffer, boundary: string | undefined): Part[] {
  if (boundary === undefined || boundary === '') throw new ProtocolError('bad-envelope');
  const line = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let start = body.indexOf(line);
  while (start >= 0) {
    const next = body.indexOf(line, start + line.length);
    if (next < 0) break;
    const part = partIn(body.subarray(start + line.length, next));
    if (part !== undefined) parts.push(part);
    if (parts.length > MAX_PARTS) throw new ProtocolError('bad-envelope');
    start = next;
  }
  return parts;
}

function partIn(bytes: Buffer): Part | undefined {
  const end = bytes.subarray(0, MAX_HEAD_BYTES).indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.subarray(0, end).toString('latin1');
  const id = /^content-id:\s*<?([^>\r\n]*)>?\s*$/im.exec(head)?.[1];
  return { id, content: bytes.subarray(end + 4, Math.max(end + 4, bytes.length - 2)) };
}
