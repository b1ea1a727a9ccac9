/** Life of a message, the same for every door (section 4). */
export type MessageState =
  'queued' | 'sent' | 'delivered' | 'read' | 'expired' | 'undeliverable' | 'rejected' | 'deleted' | 'unknown';

const FINAL: ReadonlySet<MessageState> = new Set([
  'delivered',
  'read',
  'expired',
  'undeliverable',
  'rejected',
  'deleted',
  'unknown',
]);

/** Place of a message in a long text that its client split itself. */
export interface Part {
  readonly reference: number;
  readonly total: number;
  /** 1 … total. */
  readonly number: number;
}

/** What is before a message, kept so that its way goes on after a restart. */
export interface Way {
  /** Wall time that the steps count from. */
  readonly startAtMs: number;
  readonly arrivals: readonly {
    readonly afterMs: number;
    readonly text: string;
    readonly isPartial?: boolean | undefined;
  }[];
  readonly reports: readonly { readonly afterMs: number; readonly state: MessageState; readonly error: number }[];
  /** Steps taken. */
  arrived: number;
  reported: number;
}

/** Wall time of the next step, undefined when there is none. */
export function dueAtMs({ startAtMs, arrivals, reports, arrived, reported }: Way): number | undefined {
  const nextMs = Math.min(arrivals[arrived]?.afterMs ?? Infinity, reports[reported]?.afterMs ?? Infinity);
  return nextMs === Infinity ? undefined : Math.ceil(startAtMs + nextMs);
}

/** One message to one phone. Only its state, its text and what depends on them change. */
export interface Message {
  /** Unique per gateway, growing. */
  readonly id: number;
  /** Dialect of the door it came through. */
  readonly dialect: string;
  /** Login of the account that sent it. */
  readonly account: string;
  /** Client's own id when it gave one. */
  readonly clientId?: string | undefined;
  /** What a client may ask by instead of `id` (one send to several phones shares a number in some dialects). */
  readonly reference?: string | undefined;
  /** Eleven digits, 7…; other digits for a number abroad. */
  readonly phone: string;
  readonly sender: string;
  text: string;
  /** True when the client gave it another text on the way. */
  isReplaced?: boolean;
  readonly segments: number;
  /** Roubles. */
  readonly cost: number;
  readonly acceptedAtMs: number;
  state: MessageState;
  /** Wall time of the last change. */
  changedAtMs: number;
  /** Provider's delivery error number (section 2.1); 0 when none. */
  error: number;
  readonly part?: Part | undefined;
  /** What the door needs to report on this message: a callback URL, SMPP addresses. Only the door reads it. */
  readonly returnTo?: unknown;
  /** Only where the store is durable. */
  way?: Way | undefined;
}

/** True when the state changes no more, except that a delivered message may be read. */
export function isFinal(state: MessageState): boolean {
  return FINAL.has(state);
}

/** Moves a message to its next state; false when it is final already. */
export function advance(message: Message, state: MessageState, nowMs: number, error = 0): boolean {
  const isReading = message.state === 'delivered' && state === 'read';
  if (isFinal(message.state) && !isReading) return false;
  message.state = state;
  message.changedAtMs = nowMs;
  message.error = error;
  return true;
}
