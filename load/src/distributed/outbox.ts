import type { Clock } from '../engine/clock.js';
import type { WorkerChannel } from './channel.js';
import type { News } from './messages.js';

const RETRY_MS = 300;

/** Delivers a worker's news in order, one at a time; what the transport refuses is tried again. */
export class Outbox {
  private readonly waiting: News[] = [];
  private readonly closing = new AbortController();
  private delivery: Promise<void> | undefined;

  constructor(
    private readonly channel: WorkerChannel,
    private readonly clock: Clock,
  ) {}

  add(news: News): void {
    if (this.closing.signal.aborted) return;
    // Offers and questions about the time are worth nothing when they are old: one of each is enough.
    const isFleeting = news.kind === 'hello' || news.kind === 'ping';
    if (isFleeting && this.waiting.some(({ kind }) => kind === news.kind)) return;
    this.waiting.push(news);
    this.delivery ??= this.deliver();
  }

  /** Drops what has not been sent yet. */
  forget(): void {
    this.waiting.length = 0;
  }

  /** Resolves when everything has been sent, or the outbox was closed. */
  async flush(): Promise<void> {
    await this.delivery;
  }

  close(): void {
    this.closing.abort();
  }

  private async deliver(): Promise<void> {
    await Promise.resolve();
    for (let news = this.waiting[0]; news && !this.closing.signal.aborted; news = this.waiting[0]) {
      try {
        await this.channel.send(news);
        if (this.waiting[0] === news) this.waiting.shift();
      } catch {
        await this.clock.sleep(RETRY_MS, this.closing.signal);
      }
    }
    // In the same turn as the last look at the queue: what is added later starts a delivery of its own.
    this.delivery = undefined;
  }
}
