import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { SmsConfig } from '../config.js';
import type { Message } from '../domain/message.js';
import { messageMatcher } from './message-filter.js';
import { MessageStore, type MessageFilter } from './message.store.js';

const FIRST_ID = 1000;
/** Messages one listing looks at: a search of a rare text must not hold up the gateway. */
const MAX_SCANNED = 200_000;

/**
 * Reference implementation: a ring of the newest messages by number. Finding one, adding one and forgetting the oldest cost the same
 * whatever the number kept; the messages of one phone are a chain from its newest.
 */
@Injectable()
@ResetOnAdmin()
export class MemoryMessageStore extends MessageStore implements Resettable {
  private readonly capacity: number;
  /** Grows to the capacity; a message stands at its number modulo the capacity. */
  private ring: (Message | undefined)[] = [];
  /** Number of the phone's message before this one, at the same place. */
  private prior: number[] = [];
  private readonly newestOfPhone = new Map<string, number>();
  private readonly idByReference = new Map<string, number>();
  private nextId = FIRST_ID;

  constructor(@Inject(CONFIG) config: Pick<SmsConfig, 'maxMessages'>) {
    super();
    this.capacity = config.maxMessages;
  }

  /** Messages kept. */
  get size(): number {
    return this.ring.length;
  }

  reserve(count: number): number {
    const first = this.nextId;
    this.nextId += count;
    return first;
  }

  add(messages: readonly Message[]): void {
    for (const message of messages) this.put(message);
  }

  /** The kept object is the message itself, so there is nothing to copy. */
  update(_message: Message): void {}

  find(key: number | string): Message | undefined {
    const id = typeof key === 'number' ? key : this.idByReference.get(key);
    return id === undefined ? undefined : this.at(id);
  }

  recent(filter: MessageFilter, limit: number): readonly Message[] {
    const matches = messageMatcher(filter);
    const found: Message[] = [];
    let scanned = 0;
    for (const message of this.newestFirst(filter.phone)) {
      if (found.length >= limit || scanned >= MAX_SCANNED) break;
      scanned += 1;
      if (matches(message)) found.push(message);
    }
    return found;
  }

  atHand(filter: MessageFilter & { readonly phone: string }, limit: number): readonly Message[] {
    return this.recent(filter, limit);
  }

  clear(): void {
    this.ring = [];
    this.prior = [];
    this.newestOfPhone.clear();
    this.idByReference.clear();
  }

  reset(): void {
    this.clear();
  }

  private at(id: number): Message | undefined {
    const message = this.ring[id % this.capacity];
    return message?.id === id ? message : undefined;
  }

  private put(message: Message): void {
    const place = message.id % this.capacity;
    const old = this.ring[place];
    if (old !== undefined) this.letGo(old);
    while (this.ring.length <= place) {
      this.ring.push(undefined);
      this.prior.push(0);
    }
    this.ring[place] = message;
    this.prior[place] = this.newestOfPhone.get(message.phone) ?? 0;
    this.newestOfPhone.set(message.phone, message.id);
    if (message.reference !== undefined) this.idByReference.set(message.reference, message.id);
  }

  private letGo({ id, phone, reference }: Message): void {
    if (this.newestOfPhone.get(phone) === id) this.newestOfPhone.delete(phone);
    if (reference !== undefined && this.idByReference.get(reference) === id) this.idByReference.delete(reference);
  }

  private *newestFirst(phone: string | undefined): Iterable<Message> {
    if (phone === undefined) {
      for (let id = this.nextId - 1; id >= Math.max(FIRST_ID, this.nextId - this.capacity); id -= 1) {
        const message = this.at(id);
        if (message !== undefined) yield message;
      }
      return;
    }
    let message = this.find(this.newestOfPhone.get(phone) ?? 0);
    while (message !== undefined) {
      yield message;
      message = this.find(this.prior[message.id % this.capacity]!);
    }
  }
}
