import { Injectable } from '@nestjs/common';
import { ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import { isFinal, type Message } from '../../domain/message.js';
import { ReceiptDesk } from '../../flow/receipt-desk.js';

const MAX_QUEUED = 10_000;
const MAX_QUEUES = 1000;

/** Status queues: a client names one when it sends and fetches final states from it later (section 2.9). */
@Injectable()
@ResetOnAdmin()
export class IqsmsQueues implements Resettable {
  private readonly queues = new Map<string, Message[]>();

  constructor(desk: ReceiptDesk) {
    desk.add('iqsms', { report: (message) => this.report(message), incoming: () => 0 });
  }

  /** Takes the oldest states out of a queue. */
  take(login: string, name: string, limit: number): readonly Message[] {
    return this.queues.get(`${login} ${name}`)?.splice(0, limit) ?? [];
  }

  reset(): void {
    this.queues.clear();
  }

  private report(message: Message): void {
    const name = (message.returnTo as { queue?: string } | undefined)?.queue;
    if (name === undefined || !isFinal(message.state)) return;
    const key = `${message.account} ${name}`;
    if (!this.queues.has(key) && this.queues.size >= MAX_QUEUES) return;
    const queue = this.queues.get(key) ?? [];
    this.queues.set(key, queue);
    queue.push({ ...message });
    if (queue.length > MAX_QUEUED) queue.shift();
  }
}
