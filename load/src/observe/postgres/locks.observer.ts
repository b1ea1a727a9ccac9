import type { Moment, Observer, Write } from '../observer.js';
import type { PostgresConnection } from './postgres-connection.js';

/** One session waiting for another; a waiting session may have several. */
export interface LockEdge {
  waitingPid: number;
  blockingPid: number;
  waitingQuery: string;
  blockingQuery: string;
  blockingState: string;
  lockType: string;
  relation: string | null;
  waitMs: number;
}

/** A session that blocks without being blocked, with everybody behind it. */
export interface BlockingTree {
  query: string;
  state: string;
  waitingQuery: string;
  lockType: string;
  relation?: string;
  waiting: number;
  maxWaitMs: number;
  depth: number;
}

/** One line of locks.ndjson; moments without a wait leave none. */
export interface LocksSample extends Moment {
  trees: BlockingTree[];
}

const MAX_EDGES = 500;
const QUERY = `select w.pid as "waitingPid", b.pid as "blockingPid",
  left(regexp_replace(w.query, '\\s+', ' ', 'g'), 500) as "waitingQuery",
  left(regexp_replace(b.query, '\\s+', ' ', 'g'), 500) as "blockingQuery",
  coalesce(b.state, 'unknown') as "blockingState", coalesce(w.wait_event, 'unknown') as "lockType",
  (select l.relation::regclass::text from pg_locks l where l.pid = w.pid and l.relation is not null
    order by l.granted, (l.locktype = 'tuple') desc limit 1) as relation,
  greatest(0, extract(epoch from clock_timestamp() - w.query_start) * 1000)::float8 as "waitMs"
  from pg_stat_activity w cross join lateral unnest(pg_blocking_pids(w.pid)) as blocking(pid)
  join pg_stat_activity b on b.pid = blocking.pid
  where w.wait_event_type = 'Lock' and w.datname = current_database() limit ${MAX_EDGES}`;

/** Blocking trees once a second (spec 6.6). */
export class LocksObserver implements Observer {
  readonly name = 'pg_locks';

  constructor(
    private readonly connection: PostgresConnection,
    private readonly write: Write,
  ) {}

  async open(): Promise<void> {
    await this.connection.rows(QUERY);
  }

  async tick(moment: Moment): Promise<void> {
    const trees = blockingTrees(await this.connection.rows<LockEdge>(QUERY));
    if (trees.length > 0) this.write('locks', { ...moment, trees } satisfies LocksSample);
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}

/** Trees of who waits for whom, one per session that blocks and does not wait itself; cycles have no root and give none. */
export function blockingTrees(edges: readonly LockEdge[]): BlockingTree[] {
  const waiting = new Set(edges.map(({ waitingPid }) => waitingPid));
  const byBlocker = Map.groupBy(edges, ({ blockingPid }) => blockingPid);
  const roots = new Set(edges.map(({ blockingPid }) => blockingPid).filter((pid) => !waiting.has(pid)));
  return [...roots].map((pid) => treeOf(pid, byBlocker));
}

function treeOf(root: number, byBlocker: ReadonlyMap<number, LockEdge[]>): BlockingTree {
  const seen = new Set<number>([root]);
  let level = [root];
  let depth = 1;
  let maxWaitMs = 0;
  while (level.length > 0) {
    const behind = level.flatMap((pid) => byBlocker.get(pid) ?? []).filter((edge) => !seen.has(edge.waitingPid));
    for (const edge of behind) {
      seen.add(edge.waitingPid);
      maxWaitMs = Math.max(maxWaitMs, edge.waitMs);
    }
    level = [...new Set(behind.map(({ waitingPid }) => waitingPid))];
    if (level.length > 0) depth += 1;
  }
  const first = (byBlocker.get(root) as LockEdge[])[0] as LockEdge;
  return {
    query: first.blockingQuery,
    state: first.blockingState,
    waitingQuery: first.waitingQuery,
    lockType: first.lockType,
    ...(first.relation === null ? {} : { relation: first.relation }),
    waiting: seen.size - 1,
    maxWaitMs: Math.round(maxWaitMs),
    depth,
  };
}
