import { GroupCommit, type State } from '@poligon/emulator-kit';

interface Spent {
  readonly key: string;
  readonly roubles: number;
}

const TABLE = '"sms"."spending"';
const MAX_ROWS = 10_000;

/** What accounts have spent, summed up by the database. Nobody waits for it: a process that is killed may forget the last moments' spending. */
export class AccountSpending {
  private readonly notes: GroupCommit<Spent, undefined>;
  /** Spent here and not yet in the table. */
  private readonly pending = new Map<string, number>();

  constructor(private readonly state: State) {
    this.notes = new GroupCommit(state.clock, {
      name: 'sms.spending',
      write: (spent) => this.write(spent),
      isRepeatable: false,
      maxRows: MAX_ROWS,
      ...state.limits,
    });
  }

  note(key: string, roubles: number): void {
    if (roubles === 0) return;
    this.pending.set(key, (this.pending.get(key) ?? 0) + roubles);
    const settled = () => void this.pending.set(key, (this.pending.get(key) ?? 0) - roubles);
    this.notes.add({ key, roubles }).then(settled, settled);
  }

  /** Roubles spent by account, at all replicas. */
  async totals(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.state.database!.query({ text: `SELECT "key", "roubles" FROM ${TABLE}` });
    const totals = new Map(rows.map((row) => [row['key'] as string, row['roubles'] as number]));
    for (const [key, roubles] of this.pending) totals.set(key, (totals.get(key) ?? 0) + roubles);
    return totals;
  }

  /** Forgets what one account, or every account, has spent. */
  async forget(key?: string): Promise<void> {
    const one = key === undefined ? '' : ' WHERE "key" = $1';
    await this.state.database!.query({ text: `DELETE FROM ${TABLE}${one}`, values: key === undefined ? [] : [key] });
  }

  private async write(spent: readonly Spent[]): Promise<readonly undefined[]> {
    const sums = new Map<string, number>();
    for (const { key, roubles } of spent) sums.set(key, (sums.get(key) ?? 0) + roubles);
    // In one order everywhere, so that replicas never wait for each other in a circle.
    const keys = [...sums.keys()].sort();
    await this.state.database!.query({
      name: 'sms.spending add',
      text:
        `INSERT INTO ${TABLE} AS s ("key", "roubles") SELECT * FROM unnest($1::text[], $2::float8[]) ` +
        `ON CONFLICT ("key") DO UPDATE SET "roubles" = s."roubles" + EXCLUDED."roubles"`,
      values: [keys, keys.map((key) => sums.get(key)!)],
    });
    return spent.map(() => undefined);
  }
}
