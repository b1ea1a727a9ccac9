import { crc32 } from 'node:zlib';

/** One file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_RECORD = 0x06054b50;
const VERSION = 20;
/** General purpose bit 11: names are UTF-8. */
const UTF8_NAMES = 0x0800;
/** 1980-01-01, the earliest date the format knows: the same bytes whenever the archive is made. */
const DOS_DATE = 0x0021;

/** Fields common to local and central headers, from the flags on. */
function entryFields(name: Buffer, content: Buffer): Buffer {
  const fields = Buffer.alloc(24);
  fields.writeUInt16LE(UTF8_NAMES, 0);
  fields.writeUInt16LE(DOS_DATE, 6);
  fields.writeUInt32LE(crc32(content), 8);
  fields.writeUInt32LE(content.length, 12);
  fields.writeUInt32LE(content.length, 16);
  fields.writeUInt16LE(name.length, 20);
  return fields;
}

const words = (size: 2 | 4, ...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(size * values.length);
  values.forEach((value, at) => bytes.writeUIntLE(value, at * size, size));
  return bytes;
};

/** ZIP archive (APPNOTE 6.3) whose entries are stored without compression. */
export function storedZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const nameBytes = Buffer.from(name);
    const fields = entryFields(nameBytes, content);
    const local = Buffer.concat([words(4, LOCAL_HEADER), words(2, VERSION), fields, nameBytes, content]);
    const attributes = Buffer.concat([words(2, 0, 0, 0), words(4, 0, offset)]);
    centrals.push(words(4, CENTRAL_HEADER), words(2, VERSION, VERSION), fields, attributes, nameBytes);
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const count = entries.length;
  const end = [words(4, END_RECORD), words(2, 0, 0, count, count), words(4, directory.length, offset), words(2, 0)];
  return Buffer.concat([...locals, directory, ...end]);
}
