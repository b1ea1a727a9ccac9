import { z } from 'zod';
import { setting, value } from '../runtime/settings.js';

const brokers = z
  .string()
  .transform((text) => text.split(',').map((broker) => broker.trim()))
  .refine((list) => list.every((broker) => /^[^\s:/]+:\d{1,5}$/.test(broker)), 'must be host:port, comma separated')
  .optional();

/** The settings of the bus, the same for every emulator. */
export function busSettings() {
  return {
    kafkaBrokers: setting(
      'KAFKA_BROKERS',
      brokers,
      'Kafka brokers, host:port comma separated; without them the bus stays in the process',
    ),
    kafkaTopicPrefix: setting(
      'KAFKA_TOPIC_PREFIX',
      value
        .text('poligon')
        .refine((text) => /^[A-Za-z0-9._-]{1,100}$/.test(text), 'must be 1..100 letters, digits, dots, _ or -'),
      'first part of topic and group names; stands that share brokers need different ones',
    ),
    kafkaSsl: setting('KAFKA_SSL', value.flag(false), 'TLS to the brokers, certificates checked'),
    kafkaUser: setting('KAFKA_USERNAME', value.optionalText(), 'SASL user; needs KAFKA_PASSWORD'),
    kafkaPassword: setting('KAFKA_PASSWORD', value.optionalText(), 'SASL password'),
    kafkaMechanism: setting(
      'KAFKA_SASL_MECHANISM',
      value.oneOf(['plain', 'scram-sha-256', 'scram-sha-512'], 'scram-sha-512'),
      'SASL mechanism used when KAFKA_USERNAME is set',
    ),
    kafkaJournal: setting('KAFKA_JOURNAL', value.flag(true), 'stream journal entries to the brokers'),
    kafkaJournalBuffer: setting(
      'KAFKA_JOURNAL_BUFFER_ENTRIES',
      value.int(10_000, 1, 1_000_000),
      'journal entries kept while the brokers are slow or away; the oldest are dropped and counted',
    ),
  };
}
