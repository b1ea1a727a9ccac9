import type { EndSpan } from '@poligon/emulator-kit';
import type { Delivery } from './delivery.js';
import type { SmppSession } from './smpp-session.js';
import { STATUS } from './tables/command-status.js';

export interface OutboxLimits {
  /** Deliveries kept while nobody is bound; the oldest give way. */
  readonly queue: number;
  /** Deliveries kept while somebody is bound who takes them too slowly. */
  readonly backlog: number;
  /** Unanswered requests per connection. */
  readonly window: number;
}

const MAX_ATTEMPTS = 3;
const RETRY_MS = 1000;
/** Head room dropped from the front of the queue at once. */
const COMPACT_AT = 4096;

/** Receipts and incoming texts of one system_id: they leave by any of its receivers in turn, as fast as those answer. */
export class Outbox {
  readonly receivers: SmppSession[] = [];
  dropped = 0;
  delivered = 0;
  private queue: Delivery[] = [];
  private head = 0;
  private turn = 0;

  constructor(
    private readonly limits: OutboxLimits,
    private readonly after: (delayMs: number, action: () => void) => void,
    private readonly beginSpan: () => EndSpan,
  ) {}

  get waiting(): number {
    return this.queue.length - this.head;
  }

  push(delivery: Delivery): void {
    delivery.endSpan ??= this.beginSpan();
    const isFirst = this.waiting === 0;
    const receiver = isFirst ? this.free(delivery) : undefined;
    if (receiver !== undefined) {
      this.hand(delivery, receiver);
      return;
    }
    this.queue.push(delivery);
    if (!isFirst) this.drain();
    this.trim();
  }

  join(session: SmppSession): void {
    this.receivers.push(session);
    this.drain();
  }

  leave(session: SmppSession): void {
    const at = this.receivers.indexOf(session);
    if (at >= 0) this.receivers.splice(at, 1);
    this.trim();
  }

  /** Hands over as much as the receivers have room for. */
  drain(): void {
    while (this.waiting > 0) {
      const receiver = this.free(this.queue[this.head]!);
      if (receiver === undefined) return;
      this.hand(this.shift(), receiver);
    }
  }

  clear(): void {
    this.queue = [];
    this.head = 0;
  }

  private trim(): void {
    const { queue, backlog } = this.limits;
    const limit = this.receivers.length === 0 ? queue : Math.max(queue, backlog);
    while (this.waiting > limit) {
      this.shift().endSpan?.('dropped: the queue is full');
      this.dropped += 1;
    }
  }

  private shift(): Delivery {
    const delivery = this.queue[this.head]!;
    this.head += 1;
    if (this.head >= COMPACT_AT) {
      this.queue = this.queue.slice(this.head);
      this.head = 0;
    }
    return delivery;
  }

  /** Next receiver in turn that has room. */
  private free({ notBy }: Delivery): SmppSession | undefined {
    const { receivers } = this;
    let fallback: SmppSession | undefined;
    for (let tried = 0; tried < receivers.length; tried += 1) {
      this.turn = (this.turn + 1) % receivers.length;
      const session = receivers[this.turn]!;
      if (session.isClogged || session.awaited.size >= this.limits.window) continue;
      if (session !== notBy) return session;
      fallback = session;
    }
    return fallback;
  }

  private hand(delivery: Delivery, session: SmppSession): void {
    delivery.attempts += 1;
    delivery.outbox = this;
    session.deliver(delivery);
  }

  /** Takes note of the answer to a delivery; undefined when none came. */
  settled(delivery: Delivery, status: number | undefined): void {
    if (status === STATUS.ESME_ROK) {
      this.delivered += 1;
      delivery.endSpan?.();
      if (this.waiting > 0) this.drain();
      return;
    }
    if (!isTemporary(status) || delivery.attempts >= MAX_ATTEMPTS) {
      this.dropped += 1;
      delivery.endSpan?.(status === undefined ? 'no answer' : `command_status ${status}`);
      this.drain();
      return;
    }
    this.after(status === undefined ? 0 : RETRY_MS, () => this.push(delivery));
  }
}

/** Whether the ESME may take it later. */
function isTemporary(status: number | undefined): boolean {
  return (
    status === undefined ||
    status === STATUS.ESME_RMSGQFUL ||
    status === STATUS.ESME_RTHROTTLED ||
    status === STATUS.ESME_RX_T_APPN
  );
}
