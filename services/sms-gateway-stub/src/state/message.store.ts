import type { Message } from '../domain/message.js';

/** Messages the gateway took responsibility for. A resolved `add` means they are kept. */
export abstract class MessageStore {
  /** Reserves `count` consecutive message numbers and returns the first. */
  abstract reserve(count: number): Promise<number>;
  abstract add(messages: readonly Message[]): Promise<void>;
  /** Stores a message's newer state. */
  abstract update(message: Message): Promise<void>;
  abstract find(id: number, phone?: string): Promise<Message | undefined>;
  /** Newest first. */
  abstract recent(phone: string | undefined, limit: number): Promise<readonly Message[]>;
  abstract clear(): Promise<void>;
}
