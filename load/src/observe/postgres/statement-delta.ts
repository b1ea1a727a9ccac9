/** Counters of one statement as the server keeps them: they only grow, until they are reset. */
export interface StatementCounters {
  key: string;
  queryId: string;
  database: string;
  query: string;
  calls: number;
  totalMs: number;
  rows: number;
  blocks: number;
  readBlocks: number;
  tempBlocks: number;
  walBytes: number;
  readMs: number;
  /** When the entry was made, epoch milliseconds; null before PostgreSQL 17. */
  sinceMs: number | null;
}

/** What one statement did between two snapshots. */
export interface StatementDelta extends Omit<StatementCounters, 'key' | 'sinceMs'> {
  /** The entry was reset or evicted in between: the figures are what is left, a lower bound. */
  isPartial: boolean;
}

const COUNTERS = ['calls', 'totalMs', 'rows', 'blocks', 'readBlocks', 'tempBlocks', 'walBytes', 'readMs'] as const;

/**
 * Differences of two snapshots, statements without calls left out. An entry that shrank, or that was made anew after the
 * first snapshot (`sinceMs`), counts from zero: a reset must not give negative work (spec 6.5).
 */
export function statementDeltas(
  before: ReadonlyMap<string, StatementCounters>,
  after: readonly StatementCounters[],
): StatementDelta[] {
  const deltas: StatementDelta[] = [];
  for (const now of after) {
    const then = before.get(now.key);
    const isAnew = then !== undefined && isMadeAnew(then, now);
    const delta = differenceOf(isAnew ? undefined : then, now);
    if (delta.calls > 0) deltas.push({ ...delta, isPartial: isAnew });
  }
  return deltas;
}

function differenceOf(then: StatementCounters | undefined, now: StatementCounters): Omit<StatementDelta, 'isPartial'> {
  const { queryId, database, query } = now;
  const counters = COUNTERS.map((counter) => [counter, now[counter] - (then?.[counter] ?? 0)] as const);
  return { queryId, database, query, ...(Object.fromEntries(counters) as Record<(typeof COUNTERS)[number], number>) };
}

function isMadeAnew(then: StatementCounters, now: StatementCounters): boolean {
  if (now.sinceMs !== null && then.sinceMs !== null && now.sinceMs !== then.sinceMs) return true;
  return COUNTERS.some((counter) => now[counter] < then[counter]);
}
