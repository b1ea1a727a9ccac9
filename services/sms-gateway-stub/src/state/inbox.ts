import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { SmsConfig } from '../config.js';
import { linksIn, oneTimeCodeIn } from '../domain/one-time-code.js';

/** Texts kept per phone: an old one-time code is of no use. */
const MAX_PER_PHONE = 50;

/** A text a handset shows. */
export interface InboxMessage {
  /** Position in the inbox of all phones; grows with arrival. */
  readonly seq: number;
  readonly id: number;
  readonly phone: string;
  readonly sender: string;
  readonly text: string;
  readonly code?: string | undefined;
  readonly links: readonly string[];
  readonly receivedAt: string;
}

/** Which text a reader wants. */
export interface InboxQuery {
  readonly phone: string;
  /** Only texts after this position. */
  readonly after?: number | undefined;
  /** Only texts that arrived at this wall time or later. */
  readonly sinceMs?: number | undefined;
  readonly contains?: string | undefined;
  readonly sender?: string | undefined;
  /** The text is given to nobody else. */
  readonly consume: boolean;
}

interface Waiter {
  readonly query: InboxQuery;
  readonly take: (message: InboxMessage) => void;
}

/** What the handsets received. One phone's texts and waiters are found without looking at any other's. */
@Injectable()
@ResetOnAdmin()
export class Inbox implements Resettable {
  private readonly texts = new Map<string, InboxMessage[]>();
  private readonly waiters = new Map<string, Set<Waiter>>();
  private readonly order: string[] = [];
  private seq = 0;

  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<SmsConfig, 'maxMessages'>,
  ) {}

  get last(): number {
    return this.seq;
  }

  /** Puts a text on a handset, or hands it to the reader who waits for it. */
  deliver(message: Pick<InboxMessage, 'id' | 'phone' | 'sender' | 'text'>): void {
    this.seq += 1;
    const { id, phone, sender, text } = message;
    const shown = { seq: this.seq, id, phone, sender, text, code: oneTimeCodeIn(text), links: linksIn(text) };
    const received: InboxMessage = { ...shown, receivedAt: this.clock.isoNow() };
    const isTaken = this.offer(received);
    if (!isTaken) this.keep(received);
  }

  /** Newest matching text now on the handset. */
  read(query: InboxQuery): InboxMessage | undefined {
    const texts = this.texts.get(query.phone) ?? [];
    const at = texts.findLastIndex((message) => matches(message, query));
    if (at < 0) return undefined;
    return query.consume ? texts.splice(at, 1)[0] : texts[at];
  }

  /** The matching text, waiting for it at most `timeoutMs`; undefined when none came or `signal` ended the wait. */
  wait(query: InboxQuery, timeoutMs: number, signal?: AbortSignal): Promise<InboxMessage | undefined> {
    const found = this.read(query);
    if (found !== undefined || timeoutMs <= 0) return Promise.resolve(found);
    return new Promise((resolve) => {
      const waiters = this.waiters.get(query.phone) ?? new Set<Waiter>();
      this.waiters.set(query.phone, waiters);
      const finish = (message: InboxMessage | undefined) => {
        cancel();
        waiters.delete(waiter);
        if (waiters.size === 0) this.waiters.delete(query.phone);
        resolve(message);
      };
      const waiter: Waiter = { query, take: finish };
      const cancel = this.clock.after(timeoutMs, () => finish(undefined));
      waiters.add(waiter);
      signal?.addEventListener('abort', () => finish(undefined), { once: true });
    });
  }

  /** Texts of a phone, oldest first. */
  list(phone: string): readonly InboxMessage[] {
    return this.texts.get(phone) ?? [];
  }

  /** Forgets the texts of a phone; readers keep waiting. */
  purge(phone: string): void {
    this.texts.delete(phone);
  }

  reset(): void {
    this.texts.clear();
    this.order.length = 0;
  }

  /** Gives the text to waiting readers; true when one of them consumed it. */
  private offer(message: InboxMessage): boolean {
    for (const waiter of [...(this.waiters.get(message.phone) ?? [])]) {
      if (!matches(message, waiter.query)) continue;
      waiter.take(message);
      if (waiter.query.consume) return true;
    }
    return false;
  }

  private keep(message: InboxMessage): void {
    const texts = this.texts.get(message.phone) ?? [];
    texts.push(message);
    if (texts.length > MAX_PER_PHONE) texts.shift();
    this.texts.set(message.phone, texts);
    this.order.push(message.phone);
    if (this.order.length > this.config.maxMessages) this.forgetOldest();
  }

  private forgetOldest(): void {
    const phone = this.order.shift()!;
    const texts = this.texts.get(phone);
    texts?.shift();
    if (texts?.length === 0) this.texts.delete(phone);
  }
}

function matches(message: InboxMessage, { after, sinceMs, contains, sender }: InboxQuery): boolean {
  if (after !== undefined && message.seq <= after) return false;
  if (sinceMs !== undefined && Date.parse(message.receivedAt) < sinceMs) return false;
  if (contains !== undefined && !message.text.includes(contains)) return false;
  return sender === undefined || message.sender === sender;
}
