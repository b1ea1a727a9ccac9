import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';

const PLAIN = 1;
const PACKED = 2;
const HEAD_BYTES = 10;
const pack = promisify(deflateRaw);
const unpack = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);

/** A text as ХранилищеЗначения keeps it: two octets of form, the length of the rest, the value in 1C's own notation, deflated. */
export async function writeStoredText(text: string): Promise<Buffer> {
  const content = await pack(Buffer.from(`\ufeff{"S","${text.replaceAll('"', '""')}"}`, 'utf8'));
  const head = Buffer.from([PACKED, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
  head.writeBigUInt64LE(BigInt(content.length), 2);
  return Buffer.concat([head, content]);
}

/** Reads such a text back; undefined for anything else, and for more than `maxBytes` of it. */
export async function readStoredText(stored: Buffer, maxBytes: number): Promise<string | undefined> {
  if (stored.length < HEAD_BYTES) return undefined;
  const content = await unpacked(stored, maxBytes);
  const text = content?.toString('utf8').replace(/^\ufeff/, '') ?? '';
  return text.startsWith('{"S","') && text.endsWith('"}') ? text.slice(6, -2).replaceAll('""', '"') : undefined;
}

async function unpacked(stored: Buffer, maxBytes: number): Promise<Buffer | undefined> {
  const content = stored.subarray(HEAD_BYTES);
  if (stored[0] === PLAIN) return content.length > maxBytes ? undefined : content;
  if (stored[0] !== PACKED) return undefined;
  try {
    return await unpack(content, { maxOutputLength: maxBytes });
  } catch {
    return undefined;
  }
}
