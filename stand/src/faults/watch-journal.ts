import type { AdminClient } from './admin-client.js';

/** Longest the door holds a read that finds nothing. */
const WAIT_MS = 30_000;

interface Entry {
  readonly seq: number;
  readonly at: string;
  readonly operation: string;
  readonly subject?: string;
  readonly outcome: string;
  readonly rules: readonly { readonly id: string }[];
  readonly intendedMs: number;
  readonly actualMs: number;
}

/** What to watch and for how long. */
export interface WatchOptions {
  readonly operation?: string;
  readonly subject?: string;
  /** Ends after so many entries; never when omitted. */
  readonly count?: number;
  readonly json?: boolean;
  readonly signal?: AbortSignal;
}

/** Prints exchanges as they come, newest last, until the signal or the count ends it. */
export async function watchJournal(
  client: AdminClient,
  options: WatchOptions,
  print: (line: string) => void,
): Promise<void> {
  const { last } = (await client.get('journal?limit=0')) as { last: number };
  let since = last;
  let left = options.count ?? Infinity;
  while (left > 0 && options.signal?.aborted !== true) {
    const { entries } = (await client.get(`journal?${queryOf(options, since)}`)) as { entries: readonly Entry[] };
    for (const entry of entries.slice(0, left)) print(options.json === true ? JSON.stringify(entry) : line(entry));
    left -= entries.length;
    since = entries.at(-1)?.seq ?? since;
  }
}

function queryOf({ operation, subject }: WatchOptions, since: number): string {
  const query = new URLSearchParams({ since: String(since), wait: String(WAIT_MS) });
  if (operation !== undefined) query.set('operation', operation);
  if (subject !== undefined) query.set('subject', subject);
  return query.toString();
}

function line({ at, operation, outcome, intendedMs, actualMs, subject, rules }: Entry): string {
  const struck = rules.length === 0 ? '' : ` [${rules.map(({ id }) => id).join(' ')}]`;
  const time = `${actualMs.toFixed(0)} ms${intendedMs > 0 ? ` of ${intendedMs.toFixed(0)}` : ''}`;
  return `${at.slice(11, 23)} ${operation.padEnd(24)} ${outcome.padEnd(7)} ${time.padStart(16)} ${subject ?? ''}${struck}`;
}
