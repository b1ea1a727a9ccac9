/** Records by id in order of arrival, at most `limit` of them: the oldest give way. */
export class BoundedMap<T> {
  private readonly records = new Map<string, T>();

  constructor(
    private readonly limit: number,
    private readonly onForget: (record: T) => void = () => undefined,
  ) {}

  get size(): number {
    return this.records.size;
  }

  /** False when the id is taken. */
  add(id: string, record: T): boolean {
    if (this.records.has(id)) return false;
    this.records.set(id, record);
    if (this.records.size > this.limit) this.forgetOldest();
    return true;
  }

  get(id: string): T | undefined {
    return this.records.get(id);
  }

  has(id: string): boolean {
    return this.records.has(id);
  }

  /** Keeps the place of the record in the order. */
  change(id: string, change: (record: T) => T): T | undefined {
    const record = this.records.get(id);
    if (record === undefined) return undefined;
    const changed = change(record);
    this.records.set(id, changed);
    return changed;
  }

  newest(limit: number, matches: (record: T) => boolean): T[] {
    const found: T[] = [];
    const all = [...this.records.values()];
    for (let index = all.length - 1; index >= 0 && found.length < limit; index -= 1) {
      if (matches(all[index]!)) found.push(all[index]!);
    }
    return found;
  }

  /** False when there was none. */
  delete(id: string): boolean {
    return this.records.delete(id);
  }

  /** In order of arrival. */
  all(): T[] {
    return [...this.records.values()];
  }

  clear(): void {
    this.records.clear();
  }

  private forgetOldest(): void {
    const [oldest] = this.records;
    if (oldest === undefined) return;
    this.records.delete(oldest[0]);
    this.onForget(oldest[1]);
  }
}
