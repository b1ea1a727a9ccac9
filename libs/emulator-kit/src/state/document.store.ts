/** A document with the place it has in the store; places grow as documents are first kept. */
export interface Placed<T> {
  readonly key: string;
  readonly document: T;
  readonly place: number;
}

/** Which documents, in which order; every condition given must hold. */
export interface DocumentQuery {
  /** Equality of declared columns. */
  readonly where?: Readonly<Record<string, string>>;
  /** Only documents beyond this place, in the direction of the order. */
  readonly after?: number;
  /** By place; oldest first when omitted. */
  readonly order?: 'oldest' | 'newest';
  readonly limit: number;
}

/** A page of documents; `next` is the `after` of the following page, undefined at the end. */
export interface DocumentPage<T> {
  readonly items: readonly Placed<T>[];
  readonly next: number | undefined;
}

/** What a store of documents is told about itself. */
export interface DocumentStoreOptions<T> {
  /** `<schema>.<table>` of the documents, e.g. `esia.authorization_code`. */
  readonly table: string;
  /** Columns beside the document that `where` may name: what each holds for a document. */
  readonly columns?: Readonly<Record<string, (document: T) => string | undefined>>;
  /** Wall time (ms) after which the document is gone; never when undefined. */
  readonly expiresAtMs?: (document: T) => number | undefined;
  /** Documents of this age (ms, since the last change) are deleted, expired or not; never when omitted. */
  readonly keepForMs?: number;
  /** Documents held in memory for reading; 0 reads the database every time. Default 10,000. */
  readonly cachedDocuments?: number;
  /**
   * How old (ms) a document read from memory may be while other replicas write. Default 1000. `Infinity` for documents that never change.
   */
  readonly staleMs?: number;
  /** Most documents when there is no database: the oldest give way. Default 1,000,000. */
  readonly maxInMemory?: number;
  /** From the stored JSON back to what callers know; needed for dates, maps, buffers. */
  readonly revive?: (json: unknown) => T;
}

/**
 * Documents by key, kept before the promise of a verb resolves. The same on memory, PGlite and PostgreSQL; on PostgreSQL all replicas see one
 * store. Documents are JSON; treat what a store gives as read-only. Every verb may reject with StateUnavailableError.
 */
export abstract class DocumentStore<T> {
  abstract find(key: string): Promise<T | undefined>;
  /** Adds or replaces. */
  abstract put(key: string, document: T): Promise<void>;
  /** False, nothing changed, when the key is taken. Of concurrent callers at any replica one gets true. */
  abstract add(key: string, document: T): Promise<boolean>;
  /** Removes the document and gives it to exactly one of concurrent callers at any replica. */
  abstract take(key: string): Promise<T | undefined>;
  /**
   * Replaces the document by what `next` makes of it, without losing a concurrent change; `next` may be called several times and leaves
   * everything as it is when it returns undefined. Resolves to what the store has afterwards.
   */
  abstract change(key: string, next: (current: T | undefined) => T | undefined): Promise<T | undefined>;
  abstract list(query: DocumentQuery): Promise<DocumentPage<T>>;
  abstract count(where?: DocumentQuery['where']): Promise<number>;
  /** Removes what matches, everything when nothing is asked; resolves to how many. */
  abstract remove(which?: { readonly key?: string; readonly where?: DocumentQuery['where'] }): Promise<number>;
}
