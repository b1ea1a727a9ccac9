import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import { Subject, type Observable } from 'rxjs';
import type { SmsConfig } from '../config.js';
import type { Message } from '../domain/message.js';
import { isWanted, shown, type InboxMessage, type InboxQuery, type KeptText } from './inbox-message.js';
import { InboxWaiters } from './inbox-waiters.js';
import { Inbox } from './inbox.js';
import { PhoneTexts } from './phone-texts.js';

/** Texts kept per phone: an old one-time code is of no use. */
const MAX_PER_PHONE = 50;
/** Texts one search looks at. */
const MAX_SCANNED = 200_000;

/** Reference implementation. One phone's texts and waiters are found without looking at any other's. */
@Injectable()
@ResetOnAdmin()
export class MemoryInbox extends Inbox implements Resettable {
  private readonly capacity: number;
  /** A text stands at its position modulo the capacity; the newest pushes the oldest out. */
  private ring: (KeptText | undefined)[] = [];
  private readonly byPhone = new Map<string, PhoneTexts>();
  private readonly waiters: InboxWaiters;
  private readonly arrivals = new Subject<KeptText>();
  private seq = 0;
  private kept = 0;

  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) config: Pick<SmsConfig, 'maxMessages'>,
  ) {
    super();
    this.waiters = new InboxWaiters(clock);
    this.capacity = config.maxMessages;
  }

  get last(): number {
    return this.seq;
  }

  position(): number {
    return this.seq;
  }

  /** Texts now kept. */
  get size(): number {
    return this.kept;
  }

  get waiting(): number {
    return this.waiters.count;
  }

  /** Texts as they arrive, consumed ones included. */
  get stream(): Observable<KeptText> {
    return this.arrivals;
  }

  /** Puts a text on a handset, or hands it to the reader who waits for it. */
  deliver(message: Message, text = message.text, isPartial = false): void {
    this.seq += 1;
    const received: KeptText = {
      seq: this.seq,
      message,
      text,
      receivedAtMs: this.clock.nowMs(),
      isPartial,
      isGone: false,
    };
    if (!this.offer(received)) this.keep(received);
    if (this.arrivals.observed) this.arrivals.next(received);
  }

  /** Newest matching text now on the handset. */
  read(query: InboxQuery): InboxMessage | undefined {
    const found = this.byPhone.get(query.phone)?.newest((text) => isWanted(text, query));
    if (found === undefined) return undefined;
    if (query.consume) this.drop(found);
    return shown(found);
  }

  /** The matching text, waiting for it at most `timeoutMs`; undefined when none came or `signal` ended the wait. */
  wait(query: InboxQuery, timeoutMs: number, signal?: AbortSignal): Promise<InboxMessage | undefined> {
    const found = this.read(query);
    if (found !== undefined || timeoutMs <= 0 || signal?.aborted === true) return Promise.resolve(found);
    return this.waiters.wait(query, timeoutMs, signal);
  }

  /** Texts of a phone, oldest first. */
  list(phone: string): readonly InboxMessage[] {
    return this.textsOf(phone).map(shown);
  }

  /** Texts of one phone or of all that match, newest first. */
  search(query: Omit<InboxQuery, 'phone' | 'consume'>, limit: number, phone?: string): readonly InboxMessage[] {
    const asked = { ...query, consume: false };
    const found: InboxMessage[] = [];
    for (const text of phone === undefined ? this.newestFirst(query.after ?? 0) : this.newestOf(phone)) {
      if (found.length >= limit) break;
      if (isWanted(text, asked)) found.push(shown(text));
    }
    return found;
  }

  /** Forgets the texts of the phones that begin with `prefix`, a whole number included; how many phones that were. */
  purge(prefix: string): number {
    const isWhole = prefix.length >= 11;
    const phones = isWhole ? [prefix] : [...this.byPhone.keys()].filter((phone) => phone.startsWith(prefix));
    const known = phones.filter((phone) => this.byPhone.has(phone));
    for (const phone of known) for (const text of this.textsOf(phone)) this.drop(text);
    return known.length;
  }

  /** Forgets all texts; readers keep waiting. */
  reset(): void {
    this.ring = [];
    this.byPhone.clear();
    this.kept = 0;
  }

  private textsOf(phone: string): readonly KeptText[] {
    return this.byPhone.get(phone)?.all() ?? [];
  }

  private newestOf(phone: string): readonly KeptText[] {
    return this.textsOf(phone).toReversed();
  }

  private *newestFirst(after: number): Iterable<KeptText> {
    const oldest = Math.max(1, this.seq - Math.min(this.capacity, MAX_SCANNED) + 1, after + 1);
    for (let seq = this.seq; seq >= oldest; seq -= 1) {
      const text = this.ring[seq % this.capacity];
      if (text?.seq === seq && !text.isGone) yield text;
    }
  }

  /** Gives the text to waiting readers; true when one of them consumed it. */
  private offer(text: KeptText): boolean {
    for (const waiter of this.waiters.of(text.message.phone)) {
      if (!isWanted(text, waiter.query)) continue;
      waiter.take(text);
      if (waiter.query.consume) return true;
    }
    return false;
  }

  private keep(text: KeptText): void {
    const place = text.seq % this.capacity;
    const old = this.ring[place];
    if (old !== undefined && !old.isGone) this.drop(old);
    while (this.ring.length <= place) this.ring.push(undefined);
    this.ring[place] = text;
    this.kept += 1;
    let texts = this.byPhone.get(text.message.phone);
    if (texts === undefined) this.byPhone.set(text.message.phone, (texts = new PhoneTexts()));
    texts.push(text);
    if (texts.size > MAX_PER_PHONE) this.drop(texts.oldest!);
  }

  private drop(text: KeptText): void {
    text.isGone = true;
    this.kept -= 1;
    const place = text.seq % this.capacity;
    if (this.ring[place] === text) this.ring[place] = undefined;
    const texts = this.byPhone.get(text.message.phone);
    texts?.remove(text);
    if (texts?.size === 0) this.byPhone.delete(text.message.phone);
  }
}
