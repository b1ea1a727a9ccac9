import type { DocumentStore } from './document.store.js';

/** Documents of one page while everything is read at start. */
const PAGE = 1000;

/**
 * All documents of a small store (accounts, clients, keys) in memory, for callers that cannot wait. Reads are at once; writes are kept before their
 * promise resolves. Another replica's change is seen when the bus tells of it, or with the next `refresh`.
 */
export class ResidentDocuments<T> {
  private documents = new Map<string, T>();

  constructor(private readonly store: DocumentStore<T>) {}

  get(key: string): T | undefined {
    return this.documents.get(key);
  }

  get size(): number {
    return this.documents.size;
  }

  values(): IterableIterator<T> {
    return this.documents.values();
  }

  entries(): IterableIterator<[string, T]> {
    return this.documents.entries();
  }

  async put(key: string, document: T): Promise<void> {
    await this.store.put(key, document);
    this.documents.set(key, document);
  }

  /** False, nothing changed, when the key is taken. */
  async add(key: string, document: T): Promise<boolean> {
    const isAdded = await this.store.add(key, document);
    if (isAdded) this.documents.set(key, document);
    return isAdded;
  }

  /** False when there was none. */
  async remove(key: string): Promise<boolean> {
    const removed = await this.store.remove({ key });
    this.documents.delete(key);
    return removed > 0;
  }

  async clear(): Promise<void> {
    await this.store.remove();
    this.documents.clear();
  }

  /** Reads everything again; call it at start. */
  async refresh(): Promise<void> {
    const fresh = new Map<string, T>();
    let after: number | undefined;
    do {
      const page = await this.store.list({ limit: PAGE, ...(after === undefined ? {} : { after }) });
      for (const { key, document } of page.items) fresh.set(key, document);
      after = page.next;
    } while (after !== undefined);
    this.documents = fresh;
  }

  /** Reads one document again. */
  async refreshOne(key: string): Promise<void> {
    const document = await this.store.find(key);
    if (document === undefined) this.documents.delete(key);
    else this.documents.set(key, document);
  }
}
