import type { Observable } from 'rxjs';
import type { Message } from '../domain/message.js';
import type { InboxMessage, InboxQuery, KeptText } from './inbox-message.js';

/** What the handsets received: the only place where one-time codes can be read. */
export abstract class Inbox {
  /** Newest position this process knows of. */
  abstract readonly last: number;
  /** Texts kept by this process. */
  abstract readonly size: number;
  /** Readers that wait. */
  abstract readonly waiting: number;
  /** Texts as they arrive at this process, consumed ones included. */
  abstract readonly stream: Observable<KeptText>;
  /** Newest position at any replica. */
  abstract position(): number | Promise<number>;
  /** Puts a text on a handset, or hands it to the reader who waits for it. */
  abstract deliver(message: Message, text?: string, isPartial?: boolean): void;
  /** The matching text, waiting for it at most `timeoutMs`; undefined when none came or `signal` ended the wait. */
  abstract wait(query: InboxQuery, timeoutMs: number, signal?: AbortSignal): Promise<InboxMessage | undefined>;
  /** Texts of a phone, oldest first. */
  abstract list(phone: string): readonly InboxMessage[] | Promise<readonly InboxMessage[]>;
  /** Texts of one phone or of all that match, newest first. */
  abstract search(
    query: Omit<InboxQuery, 'phone' | 'consume'>,
    limit: number,
    phone?: string,
  ): readonly InboxMessage[] | Promise<readonly InboxMessage[]>;
  /** Forgets the texts of the phones that begin with `prefix`, a whole number included; how many phones that were. */
  abstract purge(prefix: string): number | Promise<number>;
}
