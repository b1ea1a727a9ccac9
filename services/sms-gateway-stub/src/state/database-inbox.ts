import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import {
  Bus,
  GroupCommit,
  Logger,
  ResetOnAdmin,
  State,
  type Database,
  type Resettable,
  type Row,
} from '@poligon/emulator-kit';
import { Subject, type Observable } from 'rxjs';
import type { Message } from '../domain/message.js';
import { isWanted, shown, type InboxMessage, type InboxQuery, type KeptText } from './inbox-message.js';
import { insertTexts, keptTextOf, newestTexts, takeTexts, textsOfPhones, type ArrivedText } from './inbox-rows.js';
import { InboxWaiters } from './inbox-waiters.js';
import { Inbox } from './inbox.js';

const TABLE = 'sms.inbox_text';
const KEEP_FOR_MS = 7 * 86_400_000;
const MAX_ROWS = 1000;
/** Texts one search looks at, and how many it reads at a time. */
const MAX_SCANNED = 20_000;
const PAGE = 1000;
/** While the bus tells nothing of other replicas, phones that somebody waits for are looked at this often. */
const POLL_MS = 100;

/** Texts in a table: every replica shows what any of them received. */
@Injectable()
@ResetOnAdmin()
export class DatabaseInbox extends Inbox implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy, Resettable {
  last = 0;
  private readonly database: Database;
  private readonly waiters: InboxWaiters;
  private readonly arrivals = new Subject<KeptText>();
  private readonly inserts: GroupCommit<ArrivedText, KeptText | undefined>;
  private readonly reads: GroupCommit<string, readonly KeptText[]>;
  private readonly takes: GroupCommit<number, boolean>;
  private delivered = 0;
  private isClosed = false;

  constructor(
    private readonly state: State,
    private readonly bus: Bus,
    private readonly logger: Logger,
  ) {
    super();
    this.database = state.database!;
    this.waiters = new InboxWaiters(state.clock);
    const limits = { maxRows: MAX_ROWS, ...state.limits };
    const group = <Item, Result>(
      verb: string,
      isRepeatable: boolean,
      write: (items: readonly Item[]) => Promise<readonly Result[]>,
    ) => new GroupCommit(state.clock, { name: `${TABLE} ${verb}`, write, isRepeatable, ...limits });
    this.inserts = group('insert', true, (texts: readonly ArrivedText[]) => this.insert(texts));
    this.reads = group('read', true, (phones: readonly string[]) => this.readPhones(phones));
    this.takes = group('take', false, (seqs: readonly number[]) => this.take(seqs));
    state.keep({ table: TABLE, ageColumn: 'received_at_ms', keepForMs: KEEP_FOR_MS });
    state.hear(TABLE, (phones) => this.serveAll(phones ?? this.waiters.phones));
  }

  async onModuleInit(): Promise<void> {
    this.last = await this.position();
  }

  onApplicationBootstrap(): void {
    if (this.database.isShared) this.poll();
  }

  onModuleDestroy(): void {
    this.isClosed = true;
  }

  get size(): number {
    return this.delivered;
  }

  get waiting(): number {
    return this.waiters.count;
  }

  get stream(): Observable<KeptText> {
    return this.arrivals;
  }

  async position(): Promise<number> {
    const [row] = await this.database.query({
      text: 'SELECT coalesce(max("seq"), 0) AS "last" FROM "sms"."inbox_text"',
    });
    this.last = Math.max(this.last, Number(row!['last']));
    return this.last;
  }

  deliver(message: Message, text = message.text, isPartial = false): void {
    const arrival = message.way?.arrived ?? 0;
    const receivedAtMs = this.state.clock.nowMs();
    this.inserts.add({ message, arrival, text, receivedAtMs, isPartial }).then(
      (kept) => kept && this.arrived(kept),
      (failure: unknown) => this.logger.error('inbox.not-kept', { id: message.id, failure: String(failure) }),
    );
  }

  async wait(query: InboxQuery, timeoutMs: number, signal?: AbortSignal): Promise<InboxMessage | undefined> {
    const found = await this.read(query);
    if (found !== undefined || timeoutMs <= 0 || signal?.aborted === true) return found && shown(found);
    const waited = this.waiters.wait(query, timeoutMs, signal);
    // What came between reading and waiting was told to nobody.
    await this.serve(query.phone);
    return waited;
  }

  async list(phone: string): Promise<readonly InboxMessage[]> {
    return (await this.reads.add(phone)).toReversed().map(shown);
  }

  async search(
    query: Omit<InboxQuery, 'phone' | 'consume'>,
    limit: number,
    phone?: string,
  ): Promise<readonly InboxMessage[]> {
    const asked = { ...query, consume: false };
    if (phone !== undefined) {
      const texts = await this.reads.add(phone);
      return texts
        .filter((text) => isWanted(text, asked))
        .slice(0, limit)
        .map(shown);
    }
    const found: InboxMessage[] = [];
    let before = Number.MAX_SAFE_INTEGER;
    for (let scanned = 0; scanned < MAX_SCANNED && found.length < limit; scanned += PAGE) {
      const rows = await this.database.query(newestTexts(before, query.after ?? 0, PAGE));
      const texts = rows.map(keptTextOf);
      found.push(...texts.filter((text) => isWanted(text, asked)).map(shown));
      if (rows.length < PAGE) break;
      before = texts.at(-1)!.seq;
    }
    return found.slice(0, limit);
  }

  async purge(prefix: string): Promise<number> {
    const rows = await this.database.query({
      text: 'DELETE FROM "sms"."inbox_text" WHERE starts_with("phone", $1) RETURNING "phone"',
      values: [prefix],
    });
    return new Set(rows.map(({ phone }) => phone)).size;
  }

  async reset(): Promise<void> {
    await this.database.query({ text: 'TRUNCATE "sms"."inbox_text"' });
  }

  /** The other replica has emptied the table already. */
  forget(): void {}

  /** Newest matching text now on the handset; a consumed one is this reader's alone. */
  private async read(query: InboxQuery): Promise<KeptText | undefined> {
    for (const text of await this.reads.add(query.phone)) {
      if (isWanted(text, query) && (!query.consume || (await this.takes.add(text.seq)))) return text;
    }
    return undefined;
  }

  private arrived(text: KeptText): void {
    this.delivered += 1;
    this.last = Math.max(this.last, text.seq);
    const { phone } = text.message;
    if (this.arrivals.observed) this.arrivals.next(text);
    if (this.waiters.of(phone).length > 0) void this.serveAll([phone]);
  }

  private async serveAll(phones: readonly string[]): Promise<void> {
    try {
      await Promise.all(phones.map((phone) => this.serve(phone)));
    } catch (failure) {
      this.logger.warn('inbox.not-read', { failure: String(failure) });
    }
  }

  /** Gives the readers of a phone what is there for them. */
  private async serve(phone: string): Promise<void> {
    for (const waiter of this.waiters.of(phone)) {
      const text = await this.read(waiter.query);
      if (text !== undefined) waiter.take(text);
    }
  }

  private poll(): void {
    if (this.isClosed) return;
    this.state.clock.after(POLL_MS, () => {
      const phones = this.bus.reachesReplicas ? [] : this.waiters.phones;
      void this.serveAll(phones).then(() => this.poll());
    });
  }

  private async insert(texts: readonly ArrivedText[]): Promise<readonly (KeptText | undefined)[]> {
    const rows = await this.database.query(insertTexts(texts));
    // One event for the whole commit: at thousands of texts a second one each would be the bus's whole work.
    this.state.announce(TABLE, [...new Set(texts.map(({ message }) => message.phone))]);
    const seqs = new Map(
      rows.map((row) => [`${Number(row['message_id'])} ${Number(row['arrival'])}`, Number(row['seq'])]),
    );
    return texts.map(({ arrival, ...kept }) => {
      const seq = seqs.get(`${kept.message.id} ${arrival}`);
      return seq === undefined ? undefined : { ...kept, seq, isGone: false };
    });
  }

  private async readPhones(phones: readonly string[]): Promise<readonly (readonly KeptText[])[]> {
    const rows: readonly Row[] = await this.database.query(textsOfPhones([...new Set(phones)]));
    const byPhone = Map.groupBy(rows.map(keptTextOf), ({ message }) => message.phone);
    for (const texts of byPhone.values()) texts.sort((left, right) => right.seq - left.seq);
    return phones.map((phone) => byPhone.get(phone) ?? []);
  }

  private async take(seqs: readonly number[]): Promise<readonly boolean[]> {
    const rows = await this.database.query(takeTexts([...new Set(seqs)], this.state.clock.nowMs()));
    const taken = new Set(rows.map((row) => row['seq'] as number));
    // Of several readers in one statement the first is the taker.
    return seqs.map((seq) => taken.delete(seq));
  }
}
