import type { CancelTimer, DocumentStore, Ids, Logger, State } from '@poligon/emulator-kit';
import type { Revocation } from '../domain/revocation.js';
import { RevocationStore } from './revocation.store.js';

/** What happened to a certificate's status: it was revoked, or its hold was lifted. */
interface StatusChange {
  readonly serialHex: string;
  /** Null: in force again. */
  readonly revocation: Revocation | null;
}

interface Known extends StatusChange {
  readonly place: number;
}

const PAGE = 5000;
/** How soon other replicas know of a revocation. */
const FOLLOW_MS = 500;
/** Rows of concurrent transactions may appear after later ones: so many places are looked at again. */
const OVERLAP = 1000;

/**
 * Revocations as a ledger of changes: every replica holds what it adds up to in memory, so that a question about a certificate that is in force
 * (nearly all of them) costs no look at the database, and reads on from where it was.
 */
export class DurableRevocationStore extends RevocationStore {
  private readonly ledger: DocumentStore<StatusChange>;
  private readonly known = new Map<string, Known>();
  private lastPlace = 0;
  /** Rows written here that the next reading will show again. */
  private readonly own = new Set<string>();
  private listener: () => void = () => undefined;
  private reading: Promise<void> | undefined;
  private timer: CancelTimer | undefined;
  private isClosed = false;

  constructor(
    private readonly state: State,
    private readonly ids: Ids,
    private readonly logger: Logger,
  ) {
    super();
    this.ledger = state.documents<StatusChange>({ table: 'ca.revocation', cachedDocuments: 0 });
  }

  /** Reads the ledger; nothing else may be asked before. */
  async open(): Promise<this> {
    await this.follow();
    if (this.state.isShared) this.followLater();
    return this;
  }

  async add(revocation: Revocation): Promise<void> {
    await this.append({ serialHex: revocation.serialHex, revocation });
  }

  async find(serialHex: string): Promise<Revocation | undefined> {
    return this.known.get(serialHex)?.revocation ?? undefined;
  }

  async remove(serialHex: string): Promise<boolean> {
    if ((await this.find(serialHex)) === undefined) return false;
    await this.append({ serialHex, revocation: null });
    return true;
  }

  async all(): Promise<readonly Revocation[]> {
    const found: Revocation[] = [];
    for (const { revocation } of this.known.values()) if (revocation !== null) found.push(revocation);
    return found;
  }

  override whenOthersChange(listener: () => void): void {
    this.listener = listener;
  }

  async clear(): Promise<void> {
    await this.ledger.remove();
    this.forget();
  }

  /** What another replica's reset leaves behind. */
  forget(): void {
    this.known.clear();
    this.lastPlace = 0;
  }

  close(): void {
    this.isClosed = true;
    this.timer?.();
  }

  /** Reads what was added since; callers that come meanwhile wait for the same reading. */
  follow(): Promise<void> {
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async append(change: StatusChange): Promise<void> {
    const key = this.ids.uuid();
    if (this.state.isShared) this.own.add(key);
    await this.ledger.put(key, change);
    // The caller's own change counts at once; its place is learnt with the next reading.
    this.take({ ...change, place: this.lastPlace + 1 });
  }

  private async read(): Promise<void> {
    let after = Math.max(0, this.lastPlace - OVERLAP);
    let isNews = false;
    for (;;) {
      const { items, next } = await this.ledger.list({ after, limit: PAGE });
      for (const { key, document, place } of items) {
        if (!this.own.delete(key) && place > this.lastPlace) isNews = true;
        this.take({ ...document, place });
        this.lastPlace = Math.max(this.lastPlace, place);
      }
      if (next === undefined) break;
      after = next;
    }
    if (isNews) this.listener();
  }

  private take(change: Known): void {
    const before = this.known.get(change.serialHex);
    if (before !== undefined && before.place > change.place) return;
    // A later revocation takes its place at the end, as in the order of arrival.
    if (before !== undefined && before.revocation === null) this.known.delete(change.serialHex);
    this.known.set(change.serialHex, change);
  }

  private followLater(): void {
    if (this.isClosed) return;
    this.timer = this.state.clock.after(FOLLOW_MS, () => {
      this.follow()
        .catch((failure: unknown) => this.logger.warn('revocations.not-read', { failure: String(failure) }))
        .finally(() => this.followLater());
    });
  }
}
