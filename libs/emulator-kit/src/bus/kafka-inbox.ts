import type { CancelTimer, Clock } from '../runtime/clock.js';
import type { Logger } from '../runtime/logger.js';
import {
  prepareTopics,
  subscribeKafka,
  type KafkaSubscription,
  type Positions,
  type SubscriptionOptions,
  type TopicSpec,
} from './kafka-connection.js';

export interface InboxOptions extends Pick<SubscriptionOptions, 'client' | 'topic' | 'groupId' | 'onMessage'> {
  /** Topics that this process needs. */
  readonly topics: readonly TopicSpec[];
  /** Messages may have been missed. */
  readonly onGap: () => Promise<void>;
  readonly logger: Logger;
}

/** Fetches come back every quarter of a second; after this long without one the brokers count as away. */
const SILENCE_MS = 1000;
/** A consumer that says nothing for so long without giving up is replaced. */
const GIVE_UP_MS = 20_000;
const RETRY_MIN_MS = 200;
const RETRY_MAX_MS = 2000;

/** Reads one topic for as long as the process lives, whatever the brokers do. */
export class KafkaInbox {
  private subscription: KafkaSubscription | undefined;
  private aliveAtMs = -Infinity;
  private wasConnected = false;
  private isClosed = false;
  /** Undefined until the brokers were reached for the first time: nothing was published to this process before. */
  private positions: Positions | undefined;
  private joins = 0;
  private cancelWatch: CancelTimer | undefined;
  private retryMs = RETRY_MIN_MS;

  constructor(
    private readonly clock: Clock,
    private readonly options: InboxOptions,
  ) {}

  /** Whether messages arrive now. */
  get isConnected(): boolean {
    return this.clock.monotonicMs() - this.aliveAtMs < SILENCE_MS;
  }

  /** Connects in the background and stays connected. */
  open(): void {
    void this.connect();
    this.watch();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.cancelWatch?.();
    this.aliveAtMs = -Infinity;
    await this.subscription?.close();
  }

  private async connect(): Promise<void> {
    const { client, topics, topic, groupId, onMessage, logger } = this.options;
    try {
      this.positions ??= await prepareTopics(client, topics, topic);
      if (this.isClosed) return;
      this.joins += 1;
      this.subscription = await subscribeKafka({
        ...{ client, topic, onMessage, positions: this.positions },
        groupId: `${groupId}.${this.joins}`,
        onAlive: () => this.alive(),
        onLost: () => void this.rejoin(),
      });
      if (this.isClosed) return await this.subscription.close();
      this.retryMs = RETRY_MIN_MS;
      this.alive();
    } catch (failure) {
      if (this.retryMs === RETRY_MIN_MS) logger.warn('bus.unreachable', { failure: String(failure) });
      this.connectLater();
    }
  }

  private connectLater(): void {
    this.clock.after(this.retryMs, () => void (this.isClosed || this.connect()));
    this.retryMs = Math.min(this.retryMs * 2, RETRY_MAX_MS);
  }

  private async rejoin(): Promise<void> {
    if (this.isClosed || this.subscription === undefined) return;
    const lost = this.subscription;
    this.subscription = undefined;
    await lost?.close().catch(() => undefined);
    this.connectLater();
  }

  private alive(): void {
    if (this.isClosed) return;
    this.aliveAtMs = this.clock.monotonicMs();
  }

  /** Logs when the brokers go and come; what was missed meanwhile is read again when they are back. */
  private watch(): void {
    const { isConnected } = this;
    if (isConnected !== this.wasConnected) {
      const { logger, topic } = this.options;
      logger[isConnected ? 'info' : 'warn'](isConnected ? 'bus.connected' : 'bus.lost', { topic });
      if (isConnected) void this.options.onGap();
    }
    this.wasConnected = isConnected;
    if (this.clock.monotonicMs() - this.aliveAtMs > GIVE_UP_MS) void this.rejoin();
    this.cancelWatch = this.clock.after(SILENCE_MS / 4, () => this.watch());
  }
}
