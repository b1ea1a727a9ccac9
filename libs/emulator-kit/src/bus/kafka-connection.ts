import { ClientKafka, ServerKafka, type KafkaContext, type KafkaOptions } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { CommonConfig } from '../runtime/settings.js';
import type { Logger } from '../runtime/logger.js';
import type { OutgoingMessage } from './outbox.js';

type ClientOptions = NonNullable<NonNullable<KafkaOptions['options']>['client']>;

/** Who this process is among the users of the brokers. */
export interface KafkaIdentity {
  /** First part of topics and groups. */
  readonly prefix: string;
  readonly service: string;
  /** Unique to the process. */
  readonly replicaId: string;
}

const CONNECT_TIMEOUT_MS = 2000;
const REQUEST_TIMEOUT_MS = 5000;
/** Tries within one call of the client library; the bus itself tries for ever. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 1000, retries: 2 };

/** Client options that both directions share. */
export function clientOptions(config: CommonConfig, clientId: string, logger: Logger): ClientOptions {
  const { kafkaBrokers = [], kafkaSsl, kafkaUser, kafkaPassword = '', kafkaMechanism } = config;
  const sasl = { mechanism: kafkaMechanism, username: kafkaUser, password: kafkaPassword };
  return {
    brokers: [...kafkaBrokers],
    clientId,
    ssl: kafkaSsl,
    ...(kafkaUser === undefined ? {} : { sasl: sasl as NonNullable<ClientOptions['sasl']> }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: RETRY,
    // The client library reports every failed attempt as an error; an outage is logged once, by the bus.
    logCreator:
      () =>
      ({ namespace, log }) =>
        logger.debug('bus.kafka', { namespace, message: log.message }),
  };
}

/** Sends batches; connects when the first one leaves. */
export class KafkaSender {
  private readonly client: ClientKafka;

  constructor(options: ClientOptions) {
    this.client = new ClientKafka({ client: options, producerOnlyMode: true, postfixId: '', send: { acks: -1 } });
  }

  /** Resolves when the brokers keep the batch. */
  async send(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    // Connecting by ourselves: the client throws away the cause when a batch meets a broken connection.
    await this.client.connect();
    await lastValueFrom(this.client.emitBatch(topic, { messages: messages.map(asKafka) }), { defaultValue: undefined });
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

function asKafka({ key, value, headers }: OutgoingMessage) {
  return headers === undefined ? { key, value } : { key, value, headers };
}

/** A started consumer of one topic. */
export interface KafkaSubscription {
  close(): Promise<void>;
}

/** Where the next message of each partition is read, as the brokers write offsets. */
export type Positions = Map<number, string>;

export interface SubscriptionOptions {
  readonly client: ClientOptions;
  readonly topic: string;
  readonly groupId: string;
  /** Where to begin; moved on with every message handled. */
  readonly positions: Positions;
  readonly onMessage: (value: unknown, headers: object | undefined) => Promise<void>;
  /** Called after every fetch, empty or not: the brokers answer. */
  readonly onAlive: () => void;
  /** Called once when the consumer has given up. */
  readonly onLost: () => void;
}

/** A fetch returns after this long without messages; it bounds how soon silence is noticed. */
const FETCH_WAIT_MS = 250;

/**
 * Joins the group and reads the topic from the positions on.
 * @throws the client library's error when the brokers cannot be reached
 */
export async function subscribeKafka(options: SubscriptionOptions): Promise<KafkaSubscription> {
  const { positions, topic } = options;
  const server = new ServerKafka({
    client: options.client,
    postfixId: '',
    consumer: {
      groupId: options.groupId,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      heartbeatInterval: 1000,
      // Joining anew is the caller's business: a broker that was killed holds the old member's place for its whole session.
      retry: { ...RETRY, restartOnFailure: async () => false },
    },
    run: { autoCommit: false },
    subscribe: { fromBeginning: false },
  });
  const handle = async (value: unknown, context: KafkaContext) => {
    await options.onMessage(value, context.getMessage().headers);
    positions.set(context.getPartition(), String(BigInt(context.getMessage().offset) + 1n));
  };
  server.addHandler(topic, handle, true);
  const failure = await new Promise<unknown>((resolve) => void server.listen(resolve));
  if (failure instanceof Error) {
    await server.close().catch(() => undefined);
    throw failure;
  }
  const [, consumer] = server.unwrap<[unknown, KafkaConsumer]>();
  consumer.on('consumer.fetch', options.onAlive);
  consumer.on('consumer.crash', options.onLost);
  for (const [partition, offset] of positions) consumer.seek({ topic, partition, offset });
  return { close: () => server.close() };
}

/** What the bus uses of the client library's consumer. */
interface KafkaConsumer {
  on(event: 'consumer.fetch' | 'consumer.crash', listener: () => void): void;
  seek(position: { topic: string; partition: number; offset: string }): void;
}

/** A topic to be created when it is not there. */
export interface TopicSpec {
  readonly topic: string;
  /** One keeps the order of all messages; -1 leaves it to the brokers. */
  readonly numPartitions: number;
  readonly retentionMs?: number;
}

/**
 * Creates the topics that are not there; brokers that refuse may create them by themselves.
 * @returns where the topic of that name ends now
 * @throws the client library's error when the brokers cannot be reached or do not have the topic
 */
export async function prepareTopics(
  options: ClientOptions,
  specs: readonly TopicSpec[],
  topic: string,
): Promise<Positions> {
  const { Kafka } = await import('kafkajs');
  const admin = new Kafka(options).admin();
  const topics = specs.map(({ retentionMs, ...spec }) => ({
    ...spec,
    configEntries: retentionMs === undefined ? [] : [{ name: 'retention.ms', value: String(retentionMs) }],
  }));
  try {
    await admin.connect();
    await admin.createTopics({ topics, waitForLeaders: true }).catch(() => undefined);
    const ends = await admin.fetchTopicOffsets(topic);
    return new Map(ends.map(({ partition, high }) => [partition, high]));
  } finally {
    await admin.disconnect();
  }
}
