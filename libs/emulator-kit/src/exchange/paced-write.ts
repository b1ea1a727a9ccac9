import type { Clock } from '../runtime/clock.js';

/** Chunks a second at most; fewer when a chunk would be less than a byte. */
const CHUNKS_PER_SECOND = 20;

/** A connection that takes bytes. */
export interface ByteSink {
  readonly isOpen: boolean;
  write(chunk: Buffer): void;
}

/** Writes bytes at a steady rate, at once without a rate; gives up when the sink closes. Resolves when the last byte was handed over. */
export async function writePaced(
  bytes: Buffer,
  bytesPerSecond: number | undefined,
  { sink, clock }: { readonly sink: ByteSink; readonly clock: Clock },
): Promise<void> {
  if (bytesPerSecond === undefined) {
    sink.write(bytes);
    return;
  }
  const chunkBytes = Math.max(1, Math.ceil(bytesPerSecond / CHUNKS_PER_SECOND));
  const startMs = clock.monotonicMs();
  for (let sent = 0; sent < bytes.length && sink.isOpen; sent += chunkBytes) {
    const chunk = bytes.subarray(sent, sent + chunkBytes);
    await clock.sleepUntil(startMs + ((sent + chunk.length) / bytesPerSecond) * 1000);
    if (sink.isOpen) sink.write(chunk);
  }
}
