import { Refusal } from '../domain/refusal.js';

export interface TableOptions<T> {
  /** Most rows kept. */
  readonly limit: number;
  /** A row nothing will happen to any more may give way to a new one. */
  readonly isOver: (row: T) => boolean;
  /** Called for a row that gave way, so that its owner drops what points to it. */
  readonly onEvict?: (row: T) => void;
}

/**
 * Rows by id with a bound: when it is full the row that was over first gives way; when none is over a new row is refused
 * with `overload`. Iterates oldest first.
 */
export class BoundedTable<T extends { readonly id: string }> {
  private readonly rows = new Map<string, T>();
  private readonly over = new Set<string>();

  constructor(private readonly options: TableOptions<T>) {}

  get size(): number {
    return this.rows.size;
  }

  get(id: string): T | undefined {
    return this.rows.get(id);
  }

  put(row: T): void {
    if (!this.rows.has(row.id)) this.makeRoom();
    this.rows.set(row.id, row);
    if (this.options.isOver(row)) this.over.add(row.id);
    else this.over.delete(row.id);
  }

  delete(id: string): void {
    this.rows.delete(id);
    this.over.delete(id);
  }

  values(): IterableIterator<T> {
    return this.rows.values();
  }

  clear(): void {
    this.rows.clear();
    this.over.clear();
  }

  private makeRoom(): void {
    if (this.rows.size < this.options.limit) return;
    const [oldest] = this.over;
    const row = oldest === undefined ? undefined : this.rows.get(oldest);
    if (row === undefined) throw new Refusal('overload', { reason: 'store is full', limit: this.options.limit });
    this.delete(row.id);
    this.options.onEvict?.(row);
  }
}
