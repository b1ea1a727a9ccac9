import type { Clock } from '../runtime/clock.js';
import {
  DocumentStore,
  type DocumentPage,
  type DocumentQuery,
  type DocumentStoreOptions,
  type Placed,
} from './document.store.js';

const MAX_IN_MEMORY = 1_000_000;

interface Kept<T> extends Placed<T> {
  readonly expiresAtMs: number;
}

/** Reference implementation: documents live as long as the process; beyond the limit the oldest give way. */
export class MemoryDocumentStore<T> extends DocumentStore<T> {
  /** In the order of places. */
  private readonly kept = new Map<string, Kept<T>>();
  private lastPlace = 0;

  constructor(
    private readonly clock: Clock,
    private readonly options: DocumentStoreOptions<T>,
  ) {
    super();
  }

  async find(key: string): Promise<T | undefined> {
    return this.living(key)?.document;
  }

  async put(key: string, document: T): Promise<void> {
    this.keep(key, document);
  }

  async add(key: string, document: T): Promise<boolean> {
    if (this.living(key) !== undefined) return false;
    this.keep(key, document);
    return true;
  }

  async take(key: string): Promise<T | undefined> {
    const found = this.living(key);
    this.kept.delete(key);
    return found?.document;
  }

  async change(key: string, next: (current: T | undefined) => T | undefined): Promise<T | undefined> {
    const current = this.living(key)?.document;
    const changed = next(current);
    if (changed !== undefined) this.keep(key, changed);
    return changed ?? current;
  }

  async list({ where, after, order = 'oldest', limit }: DocumentQuery): Promise<DocumentPage<T>> {
    const all = [...this.matching(where)];
    const ordered = order === 'newest' ? all.reverse() : all;
    const isBeyond = (place: number) => after === undefined || (order === 'newest' ? place < after : place > after);
    const found = ordered.filter(({ place }) => isBeyond(place));
    const items = found.slice(0, limit).map(({ key, document, place }) => ({ key, document, place }));
    return { items, next: found.length > limit ? items.at(-1)?.place : undefined };
  }

  async count(where?: DocumentQuery['where']): Promise<number> {
    return [...this.matching(where)].length;
  }

  async remove({ key, where }: { key?: string; where?: DocumentQuery['where'] } = {}): Promise<number> {
    const gone = [...this.matching(where)].filter((kept) => key === undefined || kept.key === key);
    for (const kept of gone) this.kept.delete(kept.key);
    return gone.length;
  }

  private keep(key: string, document: T): void {
    const before = this.living(key);
    const place = before?.place ?? (this.lastPlace += 1);
    const expiresAtMs = this.options.expiresAtMs?.(document) ?? Infinity;
    if (before === undefined) this.kept.delete(key);
    this.kept.set(key, { key, document, place, expiresAtMs });
    const limit = this.options.maxInMemory ?? MAX_IN_MEMORY;
    if (this.kept.size > limit) this.kept.delete(this.kept.keys().next().value!);
  }

  private living(key: string): Kept<T> | undefined {
    const kept = this.kept.get(key);
    return kept !== undefined && kept.expiresAtMs > this.clock.nowMs() ? kept : undefined;
  }

  private *matching(where: DocumentQuery['where'] = {}): Iterable<Kept<T>> {
    const conditions = Object.entries(where);
    const { columns = {} } = this.options;
    const nowMs = this.clock.nowMs();
    for (const kept of this.kept.values()) {
      if (kept.expiresAtMs <= nowMs) continue;
      if (conditions.every(([column, wanted]) => columns[column]?.(kept.document) === wanted)) yield kept;
    }
  }
}
