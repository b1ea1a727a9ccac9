import { blockingTrees } from './locks.observer.js';
import type { LockEdge } from './locks.observer.js';
import { snapshotQuery, statementColumns } from './postgres-columns.js';
import { sampleOf } from './sessions.observer.js';
import { statementDeltas } from './statement-delta.js';
import type { StatementCounters } from './statement-delta.js';

const counters = (over: Partial<StatementCounters> = {}): StatementCounters => ({
  key: 'k',
  queryId: '1',
  database: 'd',
  query: 'select 1',
  calls: 10,
  totalMs: 100,
  rows: 10,
  blocks: 50,
  readBlocks: 5,
  tempBlocks: 0,
  walBytes: 0,
  readMs: 0,
  sinceMs: null,
  ...over,
});

describe('columns of pg_stat_statements', () => {
  const release = (...names: string[]) => new Set(['calls', 'rows', 'shared_blks_hit', ...names]);

  it.each([
    ['12', release('total_time', 'blk_read_time'), { totalMs: 'total_time', readMs: 'blk_read_time' }],
    [
      '13',
      release('total_exec_time', 'blk_read_time', 'wal_bytes'),
      { totalMs: 'total_exec_time', walBytes: 'wal_bytes' },
    ],
    [
      '14 to 16',
      release('total_exec_time', 'blk_read_time', 'wal_bytes', 'toplevel'),
      { toplevel: 'toplevel', readMs: 'blk_read_time' },
    ],
    [
      '17',
      release('total_exec_time', 'shared_blk_read_time', 'wal_bytes', 'toplevel', 'stats_since'),
      { readMs: 'shared_blk_read_time', since: 'stats_since' },
    ],
  ])('of PostgreSQL %s', (_release, present, columns) => {
    const found = statementColumns(present);
    expect(found).toMatchObject(columns);
    const query = snapshotQuery(found, '"public"', true);
    for (const column of Object.values(found).filter((name) => name !== undefined))
      expect(query).toContain(`s.${column}`);
    for (const absent of ['stats_since', 'toplevel', 'wal_bytes']) {
      if (!present.has(absent)) expect(query).not.toContain(absent);
    }
  });

  it('says what is missing', () => {
    expect(() => statementColumns(new Set(['calls']))).toThrow('pg_stat_statements has no column total_exec_time');
  });
});

describe('difference of two snapshots', () => {
  const before = new Map([['k', counters()]]);

  it('subtracts, and leaves out what was not called', () => {
    const [delta] = statementDeltas(before, [counters({ calls: 15, totalMs: 300, rows: 12, blocks: 80 })]);
    expect(delta).toMatchObject({ calls: 5, totalMs: 200, rows: 2, blocks: 30, isPartial: false });
    expect(statementDeltas(before, [counters()])).toEqual([]);
  });

  it('counts a statement that was not there before from zero', () => {
    expect(statementDeltas(new Map(), [counters()])).toMatchObject([{ calls: 10, isPartial: false }]);
  });

  it.each([
    ['counters that shrank', counters({ calls: 3, totalMs: 20 })],
    ['more calls but less time', counters({ calls: 12, totalMs: 20 })],
  ])('never gives negative work: %s', (_title, after) => {
    expect(statementDeltas(before, [after])).toMatchObject([
      { calls: after.calls, totalMs: after.totalMs, isPartial: true },
    ]);
  });

  it('sees an entry made anew by its age, although its counters have outgrown the old ones (PostgreSQL 17)', () => {
    const old = new Map([['k', counters({ sinceMs: 1000 })]]);
    const [delta] = statementDeltas(old, [counters({ calls: 20, totalMs: 400, sinceMs: 5000 })]);
    expect(delta).toMatchObject({ calls: 20, totalMs: 400, isPartial: true });
  });
});

it('folds sessions by class of wait', () => {
  const row = (state: string, type: string | null, event: string | null, n = 1) => ({
    state,
    type,
    event,
    queryId: '7',
    n,
  });
  const sample = sampleOf({ at: 1, step: 2 }, [
    row('active', null, null, 2),
    row('active', 'Lock', 'transactionid', 3),
    row('active', 'BufferPin', 'BufferPin'),
    row('active', 'Extension', 'Extension'),
    row('idle in transaction', 'Client', 'ClientRead', 4),
    row('idle in transaction (aborted)', 'Client', 'ClientRead'),
    row('idle', 'Client', 'ClientRead', 5),
  ]);
  expect(sample).toEqual({
    at: 1,
    step: 2,
    active: { CPU: 2, Lock: 3, LWLock: 1, Other: 1 },
    events: { 'Lock:transactionid': 3, 'LWLock:BufferPin': 1, 'Other:Extension': 1 },
    queries: { '7 CPU': 2, '7 Lock': 3, '7 LWLock': 1, '7 Other': 1 },
    idleInTransaction: 5,
    idle: 5,
    total: 17,
  });
});

describe('blocking trees', () => {
  const edge = (waitingPid: number, blockingPid: number, waitMs = 10): LockEdge => ({
    waitingPid,
    blockingPid,
    waitingQuery: `wait ${waitingPid}`,
    blockingQuery: `block ${blockingPid}`,
    blockingState: 'active',
    lockType: 'transactionid',
    relation: 't',
    waitMs,
  });

  it('counts everybody behind the root once, and the depth of the chain', () => {
    expect(blockingTrees([edge(2, 1), edge(3, 2, 99), edge(4, 1), edge(4, 2)])).toEqual([
      expect.objectContaining({
        query: 'block 1',
        waitingQuery: 'wait 2',
        waiting: 3,
        depth: 3,
        maxWaitMs: 99,
        relation: 't',
      }),
    ]);
  });

  it('gives a tree per root and none for a cycle', () => {
    expect(blockingTrees([edge(2, 1), edge(4, 3)]).map(({ waiting }) => waiting)).toEqual([1, 1]);
    expect(blockingTrees([edge(2, 1), edge(1, 2)])).toEqual([]);
    expect(blockingTrees([])).toEqual([]);
  });
});
