/** Life of a message, the same for every door. */
export type MessageState = 'queued' | 'sent' | 'delivered' | 'expired' | 'undeliverable' | 'rejected' | 'deleted';

const FINAL: ReadonlySet<MessageState> = new Set(['delivered', 'expired', 'undeliverable', 'rejected', 'deleted']);

/** One message to one phone. */
export interface Message {
  /** Number the provider gave it, unique per gateway. */
  readonly id: number;
  /** Client's own id when it gave one. */
  readonly clientId?: string | undefined;
  /** Eleven digits, 7…. */
  readonly phone: string;
  readonly sender: string;
  readonly text: string;
  readonly segments: number;
  /** Roubles. */
  readonly cost: number;
  readonly dialect: string;
  readonly acceptedAtMs: number;
  readonly state: MessageState;
  readonly changedAtMs: number;
  /** Provider's delivery error number; 0 when none. */
  readonly error: number;
}

/** True when the state changes no more. */
export function isFinal(state: MessageState): boolean {
  return FINAL.has(state);
}

/** The message in its next state; a final state stays. */
export function advanced(message: Message, state: MessageState, nowMs: number, error = 0): Message {
  return isFinal(message.state) ? message : { ...message, state, changedAtMs: nowMs, error };
}
