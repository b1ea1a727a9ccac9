/** How one release of pg_stat_statements names what is read; the extension may be older than the server. */
export interface StatementColumns {
  totalMs: string;
  /** Absent before the column exists. */
  walBytes?: string;
  since?: string;
  toplevel?: string;
  readMs?: string;
}

/**
 * Picks the columns there are: `total_time` became `total_exec_time` with PostgreSQL 13, `toplevel` came with 14,
 * `blk_read_time` became `shared_blk_read_time` and `stats_since` came with 17.
 */
export function statementColumns(present: ReadonlySet<string>): StatementColumns {
  const first = (...names: string[]) => names.find((name) => present.has(name));
  const totalMs = first('total_exec_time', 'total_time');
  if (totalMs === undefined) throw new Error('pg_stat_statements has no column total_exec_time');
  return {
    totalMs,
    walBytes: first('wal_bytes'),
    since: first('stats_since'),
    toplevel: first('toplevel'),
    readMs: first('shared_blk_read_time', 'blk_read_time'),
  };
}

/** The query of a snapshot. Without texts it is cheap: they are read from a file of the server. */
export function snapshotQuery(columns: StatementColumns, schema: string, hasText: boolean): string {
  const or = (column: string | undefined, otherwise: string) => (column === undefined ? otherwise : `s.${column}`);
  return `select s.userid::text || '/' || s.dbid::text || '/' || s.queryid::text || '/' || ${or(columns.toplevel, 'true')}::text as key,
    s.queryid::text as "queryId", d.datname as database,
    ${hasText ? "left(regexp_replace(s.query, '\\s+', ' ', 'g'), 2000)" : "''"} as query,
    s.calls::float8 as calls, s.${columns.totalMs}::float8 as "totalMs", s.rows::float8 as rows,
    (s.shared_blks_hit + s.shared_blks_read)::float8 as blocks, s.shared_blks_read::float8 as "readBlocks",
    (s.temp_blks_read + s.temp_blks_written)::float8 as "tempBlocks",
    ${or(columns.walBytes, '0')}::float8 as "walBytes", ${or(columns.readMs, '0')}::float8 as "readMs",
    ${columns.since === undefined ? 'null' : `extract(epoch from s.${columns.since}) * 1000`}::float8 as "sinceMs"
    from ${schema}.pg_stat_statements(${hasText}) s join pg_database d on d.oid = s.dbid
    where s.queryid is not null and d.datname = current_database()`;
}
