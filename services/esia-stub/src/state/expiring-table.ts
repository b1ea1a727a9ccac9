interface Row<V> {
  readonly value: V;
  readonly expiresAtMs: number;
}

/** Rows dropped from the head of the table on each write once they are over: keeps sweeping cheap and steady. */
const SWEEP_ROWS = 4;

/** Values that are forgotten when their time is over, or earlier when the table is full: then the oldest give way. */
export class ExpiringTable<V> {
  private readonly rows = new Map<string, Row<V>>();

  constructor(private readonly limit: number) {}

  get size(): number {
    return this.rows.size;
  }

  put(key: string, value: V, expiresAtMs: number, nowMs: number): void {
    this.rows.delete(key);
    this.sweep(nowMs);
    this.rows.set(key, { value, expiresAtMs });
  }

  get(key: string, nowMs: number): V | undefined {
    const row = this.rows.get(key);
    return row === undefined || row.expiresAtMs <= nowMs ? undefined : row.value;
  }

  /** Removes a row and returns its value when it was still alive. */
  take(key: string, nowMs: number): V | undefined {
    const value = this.get(key, nowMs);
    this.rows.delete(key);
    return value;
  }

  /** Values still alive, newest first, at most `limit`. */
  newest(limit: number, nowMs: number): readonly V[] {
    const alive = [...this.rows.values()].filter(({ expiresAtMs }) => expiresAtMs > nowMs);
    return alive
      .slice(-limit)
      .reverse()
      .map(({ value }) => value);
  }

  clear(): void {
    this.rows.clear();
  }

  private sweep(nowMs: number): void {
    let left = SWEEP_ROWS;
    for (const [key, { expiresAtMs }] of this.rows) {
      if (this.rows.size < this.limit && (expiresAtMs > nowMs || left <= 0)) return;
      this.rows.delete(key);
      left -= 1;
    }
  }
}
