import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { SmsConfig } from '../config.js';
import type { Message } from '../domain/message.js';
import { MessageStore } from './message.store.js';

/** Reference implementation: keeps the newest messages up to the configured number. */
@Injectable()
@ResetOnAdmin()
export class MemoryMessageStore extends MessageStore implements Resettable {
  private readonly messages = new Map<string, Message>();
  private readonly keysById = new Map<number, string[]>();
  private nextId = 1000;

  constructor(@Inject(CONFIG) private readonly config: Pick<SmsConfig, 'maxMessages'>) {
    super();
  }

  async reserve(count: number): Promise<number> {
    const first = this.nextId;
    this.nextId += count;
    return first;
  }

  async add(messages: readonly Message[]): Promise<void> {
    for (const message of messages) {
      const key = keyOf(message.id, message.phone);
      this.messages.set(key, message);
      this.keysById.set(message.id, [...(this.keysById.get(message.id) ?? []), key]);
    }
    while (this.messages.size > this.config.maxMessages) this.forget(this.messages.keys().next().value!);
  }

  async update(message: Message): Promise<void> {
    const key = keyOf(message.id, message.phone);
    if (this.messages.has(key)) this.messages.set(key, message);
  }

  async find(id: number, phone?: string): Promise<Message | undefined> {
    const key = phone === undefined ? this.keysById.get(id)?.[0] : keyOf(id, phone);
    return key === undefined ? undefined : this.messages.get(key);
  }

  async recent(phone: string | undefined, limit: number): Promise<readonly Message[]> {
    const found: Message[] = [];
    const newestFirst = [...this.messages.values()].reverse();
    for (const message of newestFirst) {
      if (found.length >= limit) break;
      if (phone === undefined || message.phone === phone) found.push(message);
    }
    return found;
  }

  async clear(): Promise<void> {
    this.messages.clear();
    this.keysById.clear();
  }

  reset(): Promise<void> {
    return this.clear();
  }

  private forget(key: string): void {
    const message = this.messages.get(key)!;
    this.messages.delete(key);
    const left = (this.keysById.get(message.id) ?? []).filter((candidate) => candidate !== key);
    if (left.length === 0) this.keysById.delete(message.id);
    else this.keysById.set(message.id, left);
  }
}

/** One send to several phones shares the number, so the phone is part of the key. */
function keyOf(id: number, phone: string): string {
  return `${id}:${phone}`;
}
