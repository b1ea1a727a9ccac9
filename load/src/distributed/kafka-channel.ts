import { Controller, Module } from '@nestjs/common';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientKafka, EventPattern, Payload, Transport } from '@nestjs/microservices';
import type { KafkaOptions } from '@nestjs/microservices';
import { Kafka, logLevel } from 'kafkajs';
import { lastValueFrom } from 'rxjs';
import type { z } from 'zod';
import { ConfigError } from '../profiles/read-yaml-file.js';
import type { CoordinatorChannel, WorkerChannel } from './channel.js';
import { newsSchema, orderSchema } from './messages.js';
import type { News, Order } from './messages.js';

const CONNECT_TIMEOUT_MS = 5000;

/** Where coordinators and workers meet. */
export interface KafkaMeeting {
  brokers: string[];
  /** Prefix of the two topics `<prefix>.orders` and `<prefix>.news`; several stands may share a cluster. */
  topics: string;
  /** Names the consumer group: everybody has one of their own and hears everything. */
  self: string;
}

/** The coordinator's end on Kafka. Throws ConfigError with one line when no broker answers. */
export async function kafkaCoordinator(meeting: KafkaMeeting): Promise<CoordinatorChannel> {
  const listeners = new Set<(news: News) => void>();
  const line = await openLine(meeting, { hear: 'news', say: 'orders' }, newsSchema, listeners);
  return { send: (order) => line.send(order), onNews: (listener) => void listeners.add(listener), close: line.close };
}

/** A worker's end on Kafka. Throws ConfigError with one line when no broker answers. */
export async function kafkaWorker(meeting: KafkaMeeting): Promise<WorkerChannel> {
  const listeners = new Set<(order: Order) => void>();
  const line = await openLine(meeting, { hear: 'orders', say: 'news' }, orderSchema, listeners);
  return { send: (news) => line.send(news), onOrder: (listener) => void listeners.add(listener), close: line.close };
}

async function openLine<T>(
  meeting: KafkaMeeting,
  words: { hear: string; say: string },
  schema: z.ZodType<T>,
  listeners: ReadonlySet<(message: T) => void>,
) {
  const [hear, say] = [`${meeting.topics}.${words.hear}`, `${meeting.topics}.${words.say}`];
  await createTopics(meeting, [hear, say]);
  const server = await listen(meeting, hear, (value) => {
    const parsed = schema.safeParse(value);
    // Words of a stranger, or of another version: whoever sent them finds out by not being heard.
    if (parsed.success) for (const listener of listeners) listener(parsed.data);
  });
  const client = new ClientKafka({
    client: clientOf(meeting),
    producerOnlyMode: true,
    producer: { maxInFlightRequests: 1 },
  });
  await client.connect();
  return {
    send: async (message: object): Promise<void> => {
      await lastValueFrom(client.emit(say, { value: message }));
    },
    close: async (): Promise<void> => {
      await Promise.allSettled([server.close(), client.close()]);
    },
  };
}

/** A Nest microservice that hears one topic. */
async function listen(
  meeting: KafkaMeeting,
  topic: string,
  take: (value: unknown) => void,
): Promise<INestMicroservice> {
  @Controller()
  class TopicController {
    @EventPattern(topic)
    hear(@Payload() value: unknown): void {
      take(value);
    }
  }
  @Module({ controllers: [TopicController] })
  class TopicModule {}
  const options: KafkaOptions = {
    transport: Transport.KAFKA,
    options: {
      client: clientOf(meeting),
      consumer: { groupId: `${topic}.${meeting.self}`, maxWaitTimeInMs: 20, allowAutoTopicCreation: false },
      subscribe: { fromBeginning: false },
      postfixId: '',
      producer: { allowAutoTopicCreation: false },
    },
  };
  const service = await NestFactory.createMicroservice<KafkaOptions>(TopicModule, { ...options, logger: false });
  await service.listen();
  return service;
}

/** One partition: what one side says is heard in the order it was said. */
async function createTopics(meeting: KafkaMeeting, topics: string[]): Promise<void> {
  const admin = new Kafka({ ...clientOf(meeting), retry: { retries: 2, initialRetryTime: 200 } }).admin();
  try {
    await admin.connect();
    const known = await admin.listTopics();
    const missing = topics.filter((topic) => !known.includes(topic));
    if (missing.length > 0) {
      const configEntries = [{ name: 'retention.ms', value: '3600000' }];
      await admin.createTopics({
        waitForLeaders: true,
        topics: missing.map((topic) => ({ topic, numPartitions: 1, configEntries })),
      });
    }
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0];
    throw new ConfigError(`--kafka: ${meeting.brokers.join(',')}: ${reason}`, { cause: error });
  } finally {
    await admin.disconnect();
  }
}

function clientOf({ brokers, self }: KafkaMeeting) {
  return {
    brokers,
    clientId: `poligon-load-${self}`,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    logLevel: logLevel.NOTHING,
  };
}
