import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import type { CancelTimer, Clock, Database, DocumentStore, State } from '@poligon/emulator-kit';
import { MemoryObjectStore } from './memory-object.store.js';
import { ObjectStore, type ObjectListener, type Written } from './object.store.js';

interface KeptObject {
  readonly set: string;
  readonly key: string;
  readonly object: Written;
}

interface KeptRow {
  readonly key: string;
  readonly document: string;
  readonly revision: number;
  readonly changed_at_ms: number;
  readonly place: number;
}

const TABLE = 'onec.object';
const PAGE = 1000;
/** How often other replicas' writes are looked for when no bus tells of them. */
const REFRESH_MS = 1000;
/** Every so many turns it is asked, too, whether rows have gone. */
const WHOLE_EVERY = 10;
/** Clocks of replicas differ, and a commit is seen later than its time says: that much is read again. */
const OVERLAP_MS = 30_000;
const CHANGED =
  'SELECT "key", "document", "revision", "changed_at_ms", "place" FROM "onec"."object" ' +
  'WHERE "changed_at_ms" >= $1::bigint AND "place" > $2::bigint ORDER BY "place" LIMIT $3';

/**
 * Objects in the state of the service: read from memory, which is filled at start; a write is done when it is kept. Replicas on one database
 * share them: each reads what the others wrote as soon as the bus tells, or within a second.
 */
export class KeptObjectStore extends ObjectStore implements OnModuleInit, OnModuleDestroy {
  private readonly memory: MemoryObjectStore;
  private readonly documents: DocumentStore<KeptObject>;
  private readonly database: Database;
  /** Revision of each row that was read. */
  private readonly revisions = new Map<string, number>();
  /** Own writes on their way: what is read of them meanwhile is older. */
  private readonly writing = new Map<string, number>();
  private listener: ObjectListener = () => {};
  private newestMs = 0;
  private reading: Promise<void> = Promise.resolve();
  private cancelTimer: CancelTimer = () => {};
  private isStopped = false;

  constructor(
    private readonly state: State,
    maxObjects: number,
    private readonly clock: Clock,
  ) {
    super();
    this.memory = new MemoryObjectStore(maxObjects);
    this.database = state.database!;
    this.documents = state.documents<KeptObject>({ table: TABLE, cachedDocuments: 0 });
    state.hear(TABLE, (keys) => this.follow(keys === null));
  }

  async onModuleInit(): Promise<void> {
    await this.follow(false);
    if (this.state.isShared) this.followLater();
  }

  onModuleDestroy(): void {
    this.isStopped = true;
    this.cancelTimer();
  }

  find(set: string, key: string): Written | undefined {
    return this.memory.find(set, key);
  }

  written(set: string): Iterable<readonly [string, Written]> {
    return this.memory.written(set);
  }

  holds(set: string): boolean {
    return this.memory.holds(set);
  }

  async put(set: string, key: string, object: Written): Promise<boolean> {
    if (!(await this.memory.put(set, key, object))) return false;
    const id = `${set} ${key}`;
    this.writing.set(id, (this.writing.get(id) ?? 0) + 1);
    try {
      await this.documents.put(id, { set, key, object });
    } finally {
      const left = this.writing.get(id)! - 1;
      if (left > 0) this.writing.set(id, left);
      else this.writing.delete(id);
    }
    return true;
  }

  count(): number {
    return this.memory.count();
  }

  revision(): number {
    return this.memory.revision();
  }

  override hear(listener: ObjectListener): void {
    this.listener = listener;
  }

  async clear(): Promise<void> {
    await this.documents.remove();
    await this.forget();
  }

  /** Reads what changed; one reading at a time. @param isAnything rows may have gone, too */
  follow(isAnything: boolean): Promise<void> {
    this.reading = this.reading.then(
      () => this.read(isAnything),
      () => this.read(isAnything),
    );
    return this.reading;
  }

  private async read(isAnything: boolean): Promise<void> {
    const mayForget = isAnything && this.writing.size === 0;
    if (mayForget && (await this.documents.count()) < this.memory.count()) await this.forget();
    const sinceMs = Math.max(0, this.newestMs - OVERLAP_MS);
    let place = 0;
    let rows: readonly KeptRow[];
    do {
      rows = (await this.database.query({ text: CHANGED, values: [sinceMs, place, PAGE] })) as unknown as KeptRow[];
      for (const row of rows) await this.take(row);
      place = rows.at(-1)?.place ?? place;
    } while (rows.length === PAGE);
  }

  private async take({ key: id, document, revision, changed_at_ms: changedMs }: KeptRow): Promise<void> {
    this.newestMs = Math.max(this.newestMs, changedMs);
    if (this.revisions.get(id) === revision || this.writing.has(id)) return;
    this.revisions.set(id, revision);
    const { set, key, object } = JSON.parse(document) as KeptObject;
    // a write of one's own comes back
    if (JSON.stringify(this.memory.find(set, key)) === JSON.stringify(object)) return;
    if (await this.memory.put(set, key, object)) this.listener(set, key);
  }

  private async forget(): Promise<void> {
    await this.memory.clear();
    this.revisions.clear();
    this.newestMs = 0;
  }

  private followLater(turn = 1): void {
    if (this.isStopped) return;
    this.cancelTimer = this.clock.after(REFRESH_MS, () => {
      // out of reach: the next turn reads it all the same
      this.follow(turn % WHOLE_EVERY === 0).then(
        () => this.followLater(turn + 1),
        () => this.followLater(turn + 1),
      );
    });
  }
}
