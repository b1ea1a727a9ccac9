import type { Message } from '../domain/message.js';

/** Which messages to list; every condition given must hold. */
export interface MessageFilter {
  readonly phone?: string | undefined;
  readonly dialect?: string | undefined;
  readonly account?: string | undefined;
  readonly sender?: string | undefined;
  readonly state?: string | undefined;
  /** Part of the text, letter case ignored. */
  readonly text?: string | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/** Messages the gateway took responsibility for. */
export abstract class MessageStore {
  /** True: messages carry the way before them, and `resumable` gives those whose carrier is gone. */
  readonly isDurable: boolean = false;
  /** Reserves `count` consecutive message numbers and returns the first. */
  abstract reserve(count: number): number;
  /** Keeps messages; when a promise is returned they are kept once it resolves. */
  abstract add(messages: readonly Message[]): void | Promise<void>;
  /** Keeps the newer state of a message it has. */
  abstract update(message: Message): void | Promise<void>;
  /** By number, or by the reference the client uses instead. */
  abstract find(key: number | string): Message | undefined | Promise<Message | undefined>;
  /** Newest first; looks at a bounded number of messages. */
  abstract recent(filter: MessageFilter, limit: number): readonly Message[] | Promise<readonly Message[]>;
  /** The messages to one phone that this process has at hand, newest first, without waiting for anything. */
  abstract atHand(filter: MessageFilter & { readonly phone: string }, limit: number): readonly Message[];
  abstract clear(): void | Promise<void>;

  /** Messages with steps before them that nobody carries; each is given to one caller at any replica. */
  async resumable(_limit: number): Promise<readonly Message[]> {
    return [];
  }
}
