import { Unzip, UnzipInflate, Zip, ZipDeflate } from 'fflate';
import { setImmediate } from 'node:timers/promises';
import { EXCHANGE_TEXTS, ExchangeRefusal } from './exchange-refusal.js';

/** Name of the only file in an archive of data exchange (1c.md 2.4). */
const ENTRY = 'data.xml';
const CHUNK_CHARS = 65_536;
const INPUT_STEP_BYTES = 65_536;
const FIRST_FILE = 0x504b0304;
const END_OF_DIRECTORY = 0x504b0506;

/** Packs a message piece by piece, letting other calls in between. @throws ExchangeRefusal when the archive outgrows the limit */
export async function packed(pieces: AsyncIterable<string>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const zip = new Zip((failure, chunk) => {
    if (failure !== null) throw failure;
    chunks.push(chunk);
    bytes += chunk.length;
  });
  const entry = new ZipDeflate(ENTRY, { level: 6 });
  entry.mtime = '2025-01-01T00:00:00';
  zip.add(entry);
  let waiting = '';
  for await (const piece of pieces) {
    waiting += piece;
    if (waiting.length < CHUNK_CHARS) continue;
    entry.push(Buffer.from(waiting, 'utf8'));
    waiting = '';
    if (bytes > maxBytes) throw new ExchangeRefusal(EXCHANGE_TEXTS.tooLarge);
    await setImmediate();
  }
  entry.push(Buffer.from(waiting, 'utf8'), true);
  zip.end();
  return Buffer.concat(chunks);
}

/**
 * The first file of an archive. It is unpacked step by step and given up as soon as it outgrows `maxBytes`, whatever its header promises.
 * @throws ExchangeRefusal: no archive, no file in it, too large
 */
export async function unpacked(archive: Buffer, maxBytes: number): Promise<Buffer> {
  requireFiles(archive);
  const found: Found = { chunks: [], bytes: 0, isOpen: false, isDone: false };
  const unzip = firstFile(found);
  for (let at = 0; at < archive.length && !found.isDone; at += INPUT_STEP_BYTES) {
    push(unzip, archive.subarray(at, at + INPUT_STEP_BYTES), at + INPUT_STEP_BYTES >= archive.length);
    if (found.bytes > maxBytes) throw new ExchangeRefusal(EXCHANGE_TEXTS.tooLarge);
    await setImmediate();
  }
  if (!found.isDone) throw new ExchangeRefusal(EXCHANGE_TEXTS.notArchive);
  if (found.bytes === 0) throw new ExchangeRefusal(EXCHANGE_TEXTS.emptyArchive);
  return Buffer.concat(found.chunks);
}

/** Looks at the first signature: an archive begins with a file, or is only the end of a directory. */
function requireFiles(archive: Buffer): void {
  const signature = archive.length < 4 ? 0 : archive.readUInt32BE(0);
  if (signature === FIRST_FILE) return;
  throw new ExchangeRefusal(signature === END_OF_DIRECTORY ? EXCHANGE_TEXTS.emptyArchive : EXCHANGE_TEXTS.notArchive);
}

function push(unzip: Unzip, bytes: Buffer, isLast: boolean): void {
  try {
    unzip.push(bytes, isLast);
  } catch {
    throw new ExchangeRefusal(EXCHANGE_TEXTS.notArchive);
  }
}

interface Found {
  readonly chunks: Uint8Array[];
  bytes: number;
  isOpen: boolean;
  isDone: boolean;
}

function firstFile(found: Found): Unzip {
  const unzip = new Unzip((file) => {
    if (found.isOpen) return;
    found.isOpen = true;
    file.ondata = (failure, chunk, isLast) => {
      if (failure !== null) throw failure;
      found.chunks.push(chunk);
      found.bytes += chunk.length;
      found.isDone = isLast;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  return unzip;
}
