import { randomUUID } from 'node:crypto';
import type { Clock } from '../runtime/clock.js';
import type { Logger } from '../runtime/logger.js';
import type { CommonConfig } from '../runtime/settings.js';
import type { ExchangeMetrics } from '../telemetry/exchange-metrics.js';
import { addBusMetrics } from './bus-metrics.js';
import type { Bus } from './bus.js';
import { InProcessBus } from './in-process-bus.js';
import { KafkaBus } from './kafka-bus.js';

/** Parts of the process that a bus works with. */
export interface BusParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: ExchangeMetrics;
}

/** The bus that the settings ask for: Kafka when brokers are named, otherwise within the process. */
export function createBus(service: string, config: CommonConfig, { clock, logger, metrics }: BusParts): Bus {
  if (config.kafkaBrokers === undefined) return new InProcessBus(logger);
  // Never a seeded identifier: replicas of one seed would take each other's messages for their own.
  const identity = { prefix: config.kafkaTopicPrefix, service, replicaId: randomUUID() };
  const bus = new KafkaBus(config, identity, clock, logger);
  addBusMetrics(metrics.registry, bus);
  return bus;
}
