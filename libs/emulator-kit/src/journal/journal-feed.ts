import type { Journal, JournalEntry, JournalQuery } from './journal.js';

/** Entries handed on at a time. */
const BATCH = 200;
/** Without entries, a comment goes out this often so that proxies keep the connection. */
const HEARTBEAT_MS = 15_000;

/** Where the feed goes: a connection that may be slower than the journal. */
export interface FeedSink {
  readonly isOpen: boolean;
  /** Resolves when the sink wants more; a slow reader holds up only itself. */
  write(text: string): Promise<void>;
}

/**
 * Writes entries as server-sent events from `since` on until the sink closes. The feed reads the journal at the reader's own pace: it keeps
 * no queue, and tells with a `gap` event how many entries were overwritten before they could be sent.
 */
export async function feedJournal(
  journal: Journal,
  query: Pick<JournalQuery, 'operation' | 'subject'>,
  { since, sink }: { since: number; sink: FeedSink },
): Promise<void> {
  let position = since;
  await sink.write(': open\n\n');
  while (sink.isOpen) {
    const lost = journal.oldest - position - 1;
    if (lost > 0) await sink.write(`event: gap\ndata: {"lost":${lost}}\n\n`);
    if (lost > 0) position = journal.oldest - 1;
    const last = journal.last;
    const entries = await journal.wait({ ...query, since: position, limit: BATCH }, HEARTBEAT_MS);
    // Without a full batch everything up to `last` has been looked at.
    position = entries.length > 0 ? entries.at(-1)!.seq : Math.max(position, last);
    await sink.write(entries.length === 0 ? ': alive\n\n' : entries.map(eventOf).join(''));
  }
}

function eventOf(entry: JournalEntry): string {
  return `id: ${entry.seq}\ndata: ${JSON.stringify(entry)}\n\n`;
}
