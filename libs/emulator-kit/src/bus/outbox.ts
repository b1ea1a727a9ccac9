import type { CancelTimer, Clock } from '../runtime/clock.js';
import { BoundedQueue } from './bounded-queue.js';

/** One message as the broker takes it. */
export interface OutgoingMessage {
  readonly key: string;
  readonly value: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Told when the broker has it. */
  readonly taken?: (() => void) | undefined;
}

/** Hands a batch to the broker; resolves when the broker has it. */
export type SendBatch = (messages: readonly OutgoingMessage[]) => Promise<void>;

export interface OutboxOptions<T> {
  /** Items kept while the broker is slow or away. */
  readonly capacity: number;
  /** How long items gather before a batch leaves, ms. */
  readonly lingerMs: number;
  readonly encode: (item: T) => OutgoingMessage;
  /** What takes the place of all items when some had to be given up; without it the oldest are dropped one by one. */
  readonly summary?: T;
  readonly send: SendBatch;
  /** Told of every refusal of the broker, once per outage. */
  readonly onFailure: (failure: unknown) => void;
}

/** A batch stays far below the 1 MiB that brokers take by default. */
const MAX_BATCH_BYTES = 262_144;
const MAX_BATCH_ITEMS = 500;
const MAX_MESSAGE_BYTES = 900_000;
const RETRY_MIN_MS = 100;
const RETRY_MAX_MS = 2000;

/**
 * A bounded buffer in front of the broker with one sender: batches leave in order, a batch that was refused is tried again until it is taken.
 * Putting something in never waits.
 */
export class Outbox<T> {
  private readonly queue: BoundedQueue<T>;
  private batch: readonly OutgoingMessage[] = [];
  private isSending = false;
  private isClosed = false;
  private retryMs = RETRY_MIN_MS;
  private cancelTimer: CancelTimer | undefined;
  private readonly idle = new Set<() => void>();
  /** Items given up since the start. */
  dropped = 0;
  /** Messages the broker has taken since the start. */
  sent = 0;

  constructor(
    private readonly clock: Clock,
    private readonly options: OutboxOptions<T>,
  ) {
    this.queue = new BoundedQueue(options.capacity);
  }

  /** Items not yet taken by the broker. */
  get pending(): number {
    return this.queue.size + this.batch.length;
  }

  put(item: T): void {
    if (this.isClosed) return;
    if (this.queue.size === this.options.capacity && this.options.summary !== undefined) this.collapse();
    else if (this.queue.push(item)) this.dropped += 1;
    this.wake(this.options.lingerMs);
  }

  /** Resolves when everything was taken, after `timeoutMs`, or at once when the broker is refusing; nothing is accepted or sent after that. */
  async close(timeoutMs: number): Promise<void> {
    const isRefused = this.retryMs > RETRY_MIN_MS;
    if (this.pending > 0 && !isRefused) {
      await new Promise<void>((resolve) => {
        this.idle.add(resolve);
        this.clock.after(timeoutMs, resolve);
        this.wakeNow();
      });
    }
    this.isClosed = true;
    this.cancelTimer?.();
  }

  private collapse(): void {
    // The item that found no room is part of the summary too.
    this.dropped += this.queue.size + 1;
    this.queue.clear();
    this.queue.push(this.options.summary!);
  }

  private wake(delayMs: number): void {
    if (this.isSending || this.cancelTimer !== undefined) return;
    this.cancelTimer = this.clock.after(delayMs, () => this.wakeNow());
  }

  private wakeNow(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    if (!this.isSending && !this.isClosed) void this.sendAll();
  }

  private async sendAll(): Promise<void> {
    this.isSending = true;
    let isTaken = true;
    while (isTaken && !this.isClosed && this.fill()) isTaken = await this.sendBatch();
    this.isSending = false;
    if (this.isClosed) return;
    if (!isTaken) this.wake(this.retryMs);
    else for (const resolve of this.idle) resolve();
  }

  /** Makes the next batch unless one is waiting to be tried again; false when there is nothing to send. */
  private fill(): boolean {
    if (this.batch.length > 0) return true;
    const batch: OutgoingMessage[] = [];
    let bytes = 0;
    while (this.queue.size > 0 && batch.length < MAX_BATCH_ITEMS && bytes < MAX_BATCH_BYTES) {
      const message = this.encoded(this.queue.shift()!);
      if (message === undefined) continue;
      bytes += message.value.length;
      batch.push(message);
    }
    this.batch = batch;
    return batch.length > 0;
  }

  /** Undefined when no broker would take it. */
  private encoded(item: T): OutgoingMessage | undefined {
    const message = this.options.encode(item);
    if (Buffer.byteLength(message.value) <= MAX_MESSAGE_BYTES) return message;
    this.dropped += 1;
    return this.options.summary === undefined ? undefined : this.options.encode(this.options.summary);
  }

  private async sendBatch(): Promise<boolean> {
    try {
      await this.options.send(this.batch);
      this.sent += this.batch.length;
      for (const { taken } of this.batch) taken?.();
      this.batch = [];
      this.retryMs = RETRY_MIN_MS;
      return true;
    } catch (failure) {
      if (this.retryMs === RETRY_MIN_MS) this.options.onFailure(failure);
      this.retryMs = Math.min(this.retryMs * 2, RETRY_MAX_MS);
      return false;
    }
  }
}
