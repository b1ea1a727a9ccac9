import type { CancelTimer, Clock } from '../runtime/clock.js';
import type { Logger } from '../runtime/logger.js';
import {
  createTopics,
  subscribeKafka,
  type KafkaSubscription,
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
const RETRY_MIN_MS = 200;
const RETRY_MAX_MS = 2000;

/** Reads one topic for as long as the process lives, whatever the brokers do. */
export class KafkaInbox {
  private subscription: KafkaSubscription | undefined;
  private aliveAtMs = -Infinity;
  private wasConnected = false;
  private isClosed = false;
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
      await createTopics(client, topics).catch((failure: unknown) =>
        logger.debug('bus.topics-not-created', { failure: String(failure) }),
      );
      if (this.isClosed) return;
      this.subscription = await subscribeKafka({
        ...{ client, topic, groupId, onMessage },
        onAlive: () => this.alive(),
        onJoined: () => this.joined(),
      });
      if (this.isClosed) await this.subscription.close();
    } catch (failure) {
      if (this.retryMs === RETRY_MIN_MS) logger.warn('bus.unreachable', { failure: String(failure) });
      this.clock.after(this.retryMs, () => void (this.isClosed || this.connect()));
      this.retryMs = Math.min(this.retryMs * 2, RETRY_MAX_MS);
    }
  }

  private joined(): void {
    this.alive();
    void this.options.onGap();
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
    this.cancelWatch = this.clock.after(SILENCE_MS / 4, () => this.watch());
  }
}
