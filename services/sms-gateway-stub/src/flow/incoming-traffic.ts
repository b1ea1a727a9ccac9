import { Injectable } from '@nestjs/common';
import { ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import { TimingWheel } from '../schedule/timing-wheel.js';
import { MessageStore } from '../state/message.store.js';
import { ReceiptDesk, type IncomingText } from './receipt-desk.js';

/** Texts subscribers send at a rate. */
export interface TrafficOrder {
  readonly dialect: string;
  readonly text: Omit<IncomingText, 'id' | 'receivedAtMs'>;
  readonly count: number;
  /** Undefined sends all at once. */
  readonly perSecond: number | undefined;
}

/** Traffic under way or ended. */
export interface Traffic extends TrafficOrder {
  readonly id: number;
  sent: number;
  /** Deliveries handed to clients. */
  told: number;
  isStopped: boolean;
}

/** Traffic remembered; the oldest are forgotten. */
const MAX_KEPT = 100;

/** Sends texts of subscribers to clients (MO): at once, or one after another at a rate. */
@Injectable()
@ResetOnAdmin()
export class IncomingTraffic implements Resettable {
  private readonly kept = new Map<number, Traffic>();
  private lastId = 0;

  constructor(
    private readonly desk: ReceiptDesk,
    private readonly store: MessageStore,
    private readonly wheel: TimingWheel,
  ) {}

  get all(): readonly Traffic[] {
    return [...this.kept.values()];
  }

  start(order: TrafficOrder): Traffic {
    const traffic: Traffic = { ...order, id: (this.lastId += 1), sent: 0, told: 0, isStopped: false };
    if (this.kept.size >= MAX_KEPT) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(traffic.id, traffic);
    if (order.perSecond === undefined) while (traffic.sent < order.count) this.send(traffic);
    else this.next(traffic, this.wheel.clock.monotonicMs());
    return traffic;
  }

  /** False when there is no such traffic. */
  stop(id: number): boolean {
    const traffic = this.kept.get(id);
    if (traffic !== undefined) traffic.isStopped = true;
    return traffic !== undefined;
  }

  reset(): void {
    for (const traffic of this.kept.values()) traffic.isStopped = true;
    this.kept.clear();
  }

  /** Each text has its own moment, counted from the first: a late one does not delay those after it. */
  private next(traffic: Traffic, startMs: number): void {
    const { count, perSecond } = traffic;
    if (traffic.isStopped || traffic.sent >= count) return;
    this.send(traffic);
    this.wheel.schedule(startMs + (traffic.sent * 1000) / perSecond!, { run: () => this.next(traffic, startMs) });
  }

  private send(traffic: Traffic): void {
    const { dialect, text } = traffic;
    traffic.sent += 1;
    const incoming = { ...text, id: this.store.reserve(1), receivedAtMs: this.wheel.clock.nowMs() };
    traffic.told += this.desk.incoming(dialect, incoming);
  }
}
