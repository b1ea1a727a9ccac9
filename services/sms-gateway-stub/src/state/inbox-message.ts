import type { Message } from '../domain/message.js';
import { linksIn, oneTimeCodeIn } from '../domain/one-time-code.js';

/** A text a handset shows. */
export interface InboxMessage {
  /** Position in the inbox of all phones; grows with arrival. */
  readonly seq: number;
  /** Number of the message at the gateway. */
  readonly id: number;
  readonly phone: string;
  readonly sender: string;
  readonly text: string;
  readonly code?: string | undefined;
  readonly links: readonly string[];
  readonly receivedAt: string;
  readonly dialect: string;
  readonly segments: number;
  /** True when parts of a long text never came. */
  readonly isPartial?: true | undefined;
}

/** What the inbox keeps of a text; everything else is computed when somebody reads it. */
export interface KeptText {
  readonly seq: number;
  readonly message: Message;
  readonly text: string;
  readonly receivedAtMs: number;
  readonly isPartial: boolean;
  /** True once consumed, purged or too old. */
  isGone: boolean;
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

/** True when the reader wants this text. */
export function isWanted({ seq, message, text, receivedAtMs }: KeptText, query: Omit<InboxQuery, 'phone'>): boolean {
  const { after, sinceMs, contains, sender } = query;
  return (
    (after === undefined || seq > after) &&
    (sinceMs === undefined || receivedAtMs >= sinceMs) &&
    (contains === undefined || text.includes(contains)) &&
    (sender === undefined || message.sender === sender)
  );
}

/** A kept text the way readers see it. */
export function shown({ seq, message, text, receivedAtMs, isPartial }: KeptText): InboxMessage {
  const { id, phone, sender, dialect, segments } = message;
  return {
    seq,
    id,
    phone,
    sender,
    text,
    code: oneTimeCodeIn(text),
    links: linksIn(text),
    receivedAt: new Date(receivedAtMs).toISOString(),
    dialect,
    segments,
    isPartial: isPartial ? true : undefined,
  };
}
