import type { WaitClass } from '../../analysis/analysis.js';
import type { Moment, Observer, Write } from '../observer.js';
import type { PostgresConnection } from './postgres-connection.js';
import { OBSERVER_APPLICATION } from './postgres-connection.js';

/** One line of sessions.ndjson: what the sessions of the application were doing at a moment. */
export interface SessionsSample extends Moment {
  /** Active sessions by class of wait. */
  active: Partial<Record<WaitClass, number>>;
  /** `Lock:transactionid` → sessions. */
  events: Record<string, number>;
  /** `<query id> <class>` → sessions; empty before PostgreSQL 14. */
  queries: Record<string, number>;
  idleInTransaction: number;
  idle: number;
  total: number;
}

interface SessionRow {
  state: string | null;
  type: string | null;
  event: string | null;
  queryId: string | null;
  n: number;
}

const CLASSES = new Set<string>(['IO', 'Lock', 'LWLock', 'Client', 'IPC']);

/** Samples pg_stat_activity once a second: average active sessions by class of wait (spec 6.6). */
export class SessionsObserver implements Observer {
  readonly name = 'pg_stat_activity';
  private query = '';

  constructor(
    private readonly connection: PostgresConnection,
    private readonly write: Write,
    /** LIKE pattern of the application's name; all sessions of the database when absent. */
    private readonly application = '%',
  ) {}

  async open(): Promise<void> {
    const [server] = await this.connection.rows<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    );
    const hasQueryId = (server?.version ?? 0) >= 140_000;
    this.query = `select state, wait_event_type as type, wait_event as event, ${hasQueryId ? 'query_id::text' : 'null'} as "queryId", count(*)::int as n
      from pg_stat_activity where backend_type = 'client backend' and datname = current_database()
      and application_name <> '${OBSERVER_APPLICATION}' and application_name like $1 group by 1, 2, 3, 4`;
    await this.connection.rows(this.query, [this.application]);
  }

  async tick(moment: Moment): Promise<void> {
    const rows = await this.connection.rows<SessionRow>(this.query, [this.application]);
    this.write('sessions', sampleOf(moment, rows));
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}

/** Folds the grouped rows of pg_stat_activity into one sample. */
export function sampleOf(moment: Moment, rows: readonly SessionRow[]): SessionsSample {
  const sample: SessionsSample = {
    ...moment,
    active: {},
    events: {},
    queries: {},
    idleInTransaction: 0,
    idle: 0,
    total: 0,
  };
  for (const row of rows) {
    sample.total += row.n;
    if (row.state === 'active') addActive(sample, row);
    else if (row.state?.startsWith('idle in transaction')) sample.idleInTransaction += row.n;
    else sample.idle += row.n;
  }
  return sample;
}

function addActive(sample: SessionsSample, { type, event, queryId, n }: SessionRow): void {
  const waitClass = classOf(type);
  sample.active[waitClass] = (sample.active[waitClass] ?? 0) + n;
  if (event !== null) add(sample.events, `${waitClass}:${event}`, n);
  if (queryId !== null) add(sample.queries, `${queryId} ${waitClass}`, n);
}

/** An active session without a wait event is on the processor, or waits for it. */
function classOf(type: string | null): WaitClass {
  if (type === null) return 'CPU';
  if (type === 'BufferPin') return 'LWLock';
  return CLASSES.has(type) ? (type as WaitClass) : 'Other';
}

function add(counts: Record<string, number>, key: string, n: number): void {
  counts[key] = (counts[key] ?? 0) + n;
}
