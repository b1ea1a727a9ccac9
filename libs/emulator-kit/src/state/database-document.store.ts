import type { Clock } from '../runtime/clock.js';
import { StateUnavailableError, type Database, type Row } from './database.js';
import { DocumentCache } from './document-cache.js';
import { DocumentStatements, type WrittenDocument } from './document-statements.js';
import { DocumentStore, type DocumentPage, type DocumentQuery, type DocumentStoreOptions } from './document.store.js';
import { GroupCommit } from './group-commit.js';
import { originalText } from './stored-text.js';

/** Limits of all durable stores of a process. */
export interface StateLimits {
  /** Rows that may wait for the database, per store and verb. */
  readonly maxWaiting: number;
  /** How long (ms) a write or a read waits for a database out of reach. */
  readonly giveUpMs: number;
}

/** What a durable store works with. */
export interface StoreParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly limits: StateLimits;
  /** Tells other replicas that these keys were written; null: all of them. */
  readonly announce: (keys: readonly string[] | null) => void;
}

/** Rows of one statement. */
const MAX_ROWS = 1000;
const CACHED_DOCUMENTS = 10_000;
const STALE_MS = 1000;
/** Concurrent changes of one document that one caller may lose before something is wrong. */
const MAX_CHANGE_ROUNDS = 100;

/** Documents in a table: group commits, reads from a bounded cache first. */
export class DatabaseDocumentStore<T> extends DocumentStore<T> {
  private readonly statements: DocumentStatements;
  private readonly cache: DocumentCache<T>;
  private readonly puts: GroupCommit<WrittenDocument, undefined>;
  private readonly adds: GroupCommit<WrittenDocument, boolean>;
  private readonly takes: GroupCommit<string, T | undefined>;
  private readonly finds: GroupCommit<string, Row | undefined>;
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly options: DocumentStoreOptions<T>,
    private readonly parts: StoreParts,
  ) {
    super();
    const { cachedDocuments = CACHED_DOCUMENTS, staleMs = STALE_MS, columns = {} } = options;
    this.statements = new DocumentStatements(options.table, Object.keys(columns));
    this.cache = new DocumentCache(parts.clock, {
      maxDocuments: cachedDocuments,
      staleMs: parts.database.isShared ? staleMs : Infinity,
    });
    this.puts = this.group('put', true, (rows) => this.writePuts(rows));
    this.adds = this.group('add', false, (rows) => this.writeAdds(rows));
    this.takes = this.group('take', false, (keys) => this.writeTakes(keys));
    this.finds = this.group('find', true, (keys) => this.readRows(keys));
  }

  async find(key: string): Promise<T | undefined> {
    const cached = this.cache.find(key);
    if (cached !== undefined) return cached;
    const reading = this.cache.begin(key);
    const row = await this.finds.add(key);
    const document = row === undefined ? undefined : this.revived(row);
    this.cache.read(key, reading, document, document && this.options.expiresAtMs?.(document));
    return document;
  }

  async put(key: string, document: T): Promise<void> {
    const written = this.written(key, document);
    await this.puts.add(written);
    this.changed(key);
    this.cache.keep(key, document, written.expiresAtMs ?? Infinity);
  }

  async add(key: string, document: T): Promise<boolean> {
    const isAdded = await this.adds.add(this.written(key, document));
    if (isAdded) this.changed(key);
    return isAdded;
  }

  async take(key: string): Promise<T | undefined> {
    this.cache.forget(key);
    const taken = await this.takes.add(key);
    this.changed(key);
    return taken;
  }

  /** Callers of one replica take turns, so that only other replicas can come between reading and writing. */
  change(key: string, next: (current: T | undefined) => T | undefined): Promise<T | undefined> {
    const before = this.turns.get(key) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => this.changeNow(key, next));
    this.turns.set(key, turn);
    const leave = () => {
      if (this.turns.get(key) === turn) this.turns.delete(key);
    };
    turn.then(leave, leave);
    return turn;
  }

  async list(query: DocumentQuery): Promise<DocumentPage<T>> {
    const { limit } = query;
    const rows = await this.parts.database.query(this.statements.list(query, this.nowMs()));
    const items = rows.slice(0, limit).map((row) => ({
      key: originalText(row['key'] as string),
      document: this.revived(row),
      place: row['place'] as number,
    }));
    return { items, next: rows.length > limit ? items.at(-1)?.place : undefined };
  }

  async count(where?: DocumentQuery['where']): Promise<number> {
    const [row] = await this.parts.database.query(this.statements.count(where, this.nowMs()));
    return row!['count'] as number;
  }

  async remove({ key, where }: { key?: string; where?: DocumentQuery['where'] } = {}): Promise<number> {
    const rows = await this.parts.database.query(this.statements.remove(key, where, this.nowMs()));
    const keys =
      key === undefined && where === undefined ? null : rows.map((row) => originalText(row['key'] as string));
    this.forget(keys);
    if (rows.length > 0) this.parts.announce(keys);
    return rows.length;
  }

  /** Other replicas wrote these keys; null: any. */
  forget(keys: readonly string[] | null): void {
    if (keys === null) this.cache.clear();
    else for (const key of keys) this.cache.forget(key);
  }

  private async changeNow(key: string, next: (current: T | undefined) => T | undefined): Promise<T | undefined> {
    for (let round = 0; round < MAX_CHANGE_ROUNDS; round += 1) {
      const row = await this.finds.add(key);
      const current = row === undefined ? undefined : this.revived(row);
      const changed = next(current);
      if (changed === undefined) return current;
      if (await this.isReplaced(key, changed, row?.['revision'] as number | undefined)) return changed;
    }
    throw new StateUnavailableError(`${this.options.table}: others change the same document all the time`);
  }

  private async isReplaced(key: string, document: T, revision: number | undefined): Promise<boolean> {
    if (revision === undefined) return this.add(key, document);
    const statement = this.statements.replace(this.written(key, document), revision, this.nowMs());
    const rows = await this.parts.database.query(statement);
    if (rows.length > 0) this.changed(key);
    return rows.length > 0;
  }

  private async writePuts(rows: readonly WrittenDocument[]): Promise<readonly undefined[]> {
    // One statement must not touch a row twice: of several puts of a key the last one counts.
    const last = new Map(rows.map((row) => [row.key, row]));
    await this.parts.database.query(this.statements.put([...last.values()], this.nowMs()));
    return rows.map(() => undefined);
  }

  private async writeAdds(rows: readonly WrittenDocument[]): Promise<readonly boolean[]> {
    const first = new Map<string, WrittenDocument>();
    for (const row of rows) if (!first.has(row.key)) first.set(row.key, row);
    const added = await this.parts.database.query(this.statements.add([...first.values()], this.nowMs()));
    const keys = new Set(added.map((row) => originalText(row['key'] as string)));
    return rows.map((row) => keys.has(row.key) && first.get(row.key) === row);
  }

  private async writeTakes(keys: readonly string[]): Promise<readonly (T | undefined)[]> {
    const taken = await this.parts.database.query(this.statements.take([...new Set(keys)], this.nowMs()));
    const rows = new Map(taken.map((row) => [originalText(row['key'] as string), row]));
    return keys.map((key) => {
      const row = rows.get(key);
      rows.delete(key);
      return row === undefined || row['document'] === null ? undefined : this.revived(row);
    });
  }

  private async readRows(keys: readonly string[]): Promise<readonly (Row | undefined)[]> {
    const found = await this.parts.database.query(this.statements.find([...new Set(keys)], this.nowMs()));
    const rows = new Map(found.map((row) => [originalText(row['key'] as string), row]));
    return keys.map((key) => rows.get(key));
  }

  private group<Item, Result>(
    verb: string,
    isRepeatable: boolean,
    write: (items: readonly Item[]) => Promise<readonly Result[]>,
  ): GroupCommit<Item, Result> {
    const { clock, limits } = this.parts;
    return new GroupCommit(clock, {
      name: `${this.options.table} ${verb}`,
      write,
      isRepeatable,
      maxRows: MAX_ROWS,
      ...limits,
    });
  }

  private written(key: string, document: T): WrittenDocument {
    const columns = Object.values(this.options.columns ?? {}).map((of) => of(document));
    const expiresAtMs = this.options.expiresAtMs?.(document);
    return { key, json: JSON.stringify(document), expiresAtMs, columns };
  }

  private revived(row: Row): T {
    const json: unknown = JSON.parse(row['document'] as string);
    return this.options.revive?.(json) ?? (json as T);
  }

  private changed(key: string): void {
    this.cache.forget(key);
    this.parts.announce([key]);
  }

  private nowMs(): number {
    return this.parts.clock.nowMs();
  }
}
