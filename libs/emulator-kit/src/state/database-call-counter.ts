import type { Clock } from '../runtime/clock.js';
import { CallCounter } from './call-counter.js';
import type { Database, Statement } from './database.js';
import { GroupCommit } from './group-commit.js';
import { MemoryCallCounter } from './memory-call-counter.js';
import { storedText } from './stored-text.js';

interface Asked {
  readonly scope: string;
  readonly key: string;
}

const TABLE = '"kit"."call_count"';
const MAX_ROWS = 1000;
const MAX_WAITING = 100_000;

/** A call waits this long for its number; then the process counts by itself, as fairly but not as one with the others. */
const GIVE_UP_MS = 1000;

/**
 * The counter of replicas that share a server: many calls are numbered in one statement. Scopes named local are counted in the process, where
 * drawing as one is not worth a statement a call.
 */
export class DatabaseCallCounter extends CallCounter {
  private readonly counts: GroupCommit<Asked, number>;
  private readonly here = new MemoryCallCounter();
  private keptScopes = '';

  constructor(
    private readonly database: Database,
    private readonly service: string,
    private readonly clock: Clock,
    private readonly local: ReadonlySet<string>,
  ) {
    super();
    this.counts = new GroupCommit(clock, {
      name: 'kit.call_count',
      write: (asked) => this.number(asked),
      // A number that was drawn and lost is a number skipped: chance stays fair.
      isRepeatable: true,
      maxRows: MAX_ROWS,
      maxWaiting: MAX_WAITING,
      giveUpMs: GIVE_UP_MS,
    });
  }

  next(scope: string, key: string): number | Promise<number> {
    if (this.local.has(scope)) return this.here.next(scope, key);
    return this.counts.add({ scope, key }).catch(() => this.here.next(scope, key));
  }

  async keepOnly(scopes: ReadonlySet<string>): Promise<void> {
    this.here.keepOnly(scopes);
    const kept = JSON.stringify([...scopes].sort());
    // Rules are read again and again while nothing changes.
    if (kept === this.keptScopes) return;
    await this.database.query({
      text: `DELETE FROM ${TABLE} WHERE "service" = $1 AND NOT "scope" = ANY($2::text[])`,
      values: [this.service, [...scopes].map(storedText)],
    });
    this.keptScopes = kept;
  }

  clear(): Promise<void> {
    return this.keepOnly(new Set());
  }

  private async number(asked: readonly Asked[]): Promise<readonly number[]> {
    const names = asked.map(({ scope, key }) => JSON.stringify([storedText(scope), storedText(key)]));
    const wanted = new Map<string, number>();
    for (const name of names) wanted.set(name, (wanted.get(name) ?? 0) + 1);
    const next = new Map<string, number>();
    for (const { scope, key, count } of await this.database.query(this.statement(wanted))) {
      const name = JSON.stringify([scope, key]);
      next.set(name, (count as number) - wanted.get(name)!);
    }
    return names.map((name) => {
      const number = next.get(name)!;
      next.set(name, number + 1);
      return number;
    });
  }

  private statement(wanted: ReadonlyMap<string, number>): Statement {
    // In one order everywhere, so that replicas that count the same callers never wait for each other in a circle.
    const rows = [...wanted].sort(([left], [right]) => (left < right ? -1 : 1));
    const texts = rows.map(([name]) => JSON.parse(name) as [string, string]);
    return {
      name: 'kit.call_count next',
      text:
        `INSERT INTO ${TABLE} AS c ("service", "scope", "key", "count", "changed_at_ms") ` +
        `SELECT $1, u."scope", u."key", u."count", $5::bigint ` +
        `FROM unnest($2::text[], $3::text[], $4::bigint[]) AS u("scope", "key", "count") ` +
        `ON CONFLICT ("service", "scope", "key") DO UPDATE SET "count" = c."count" + EXCLUDED."count", ` +
        `"changed_at_ms" = EXCLUDED."changed_at_ms" RETURNING "scope", "key", "count"`,
      values: [
        this.service,
        texts.map(([scope]) => scope),
        texts.map(([, key]) => key),
        rows.map(([, count]) => count),
        this.clock.nowMs(),
      ],
    };
  }
}
