import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import type { Clock } from '../runtime/clock.js';
import type { Logger } from '../runtime/logger.js';
import type { CommonConfig } from '../runtime/settings.js';
import type { OpenWork } from '../telemetry/client-work.js';
import { openSending, processed } from '../telemetry/message-work.js';
import { outsideTraces } from '../telemetry/unrecorded.js';
import { Bus, type BusListener } from './bus.js';
import { clientOptions, KafkaSender, type KafkaIdentity } from './kafka-connection.js';
import { KafkaInbox } from './kafka-inbox.js';
import { LocalListeners } from './local-listeners.js';
import { Outbox, type OutgoingMessage } from './outbox.js';

/** A change on its way to the other replicas; without a topic it says that changes were lost. */
interface Change {
  readonly topic?: string;
  readonly event?: unknown;
  /** The span of its sending, when the work that published it is recorded. */
  readonly work?: OpenWork | undefined;
}

const changeSchema = z.object({ origin: z.string(), topic: z.string().optional(), event: z.unknown() });

/** Changes kept while the brokers are away; beyond it all of them shrink to one word that something was missed. */
const MAX_CHANGES = 10_000;
/** A replica that was away longer reads its state anew anyway. */
const CHANGES_RETENTION_MS = 3_600_000;
const JOURNAL_LINGER_MS = 50;
const FLUSH_TIMEOUT_MS = 1000;
const LEAVE_TIMEOUT_MS = 1000;

/** What the bus has done, for metrics. */
export interface BusFigures {
  readonly isConnected: boolean;
  readonly pending: { readonly changes: number; readonly journal: number };
  readonly sent: { readonly changes: number; readonly journal: number };
  readonly dropped: { readonly changes: number; readonly journal: number };
  readonly received: number;
  readonly gaps: number;
}

/** Topic that carries the changes of one service from each replica to the others. */
export function changesTopic({ prefix, service }: Pick<KafkaIdentity, 'prefix' | 'service'>): string {
  return `${prefix}.${service}.changes`;
}

/** Topic of the journal entries of all services. */
export function journalTopic({ prefix }: Pick<KafkaIdentity, 'prefix'>): string {
  return `${prefix}.journal`;
}

/**
 * The bus of many replicas. Every replica reads the changes of its service in a consumer group of its own; observations only leave. Nothing
 * here waits for the brokers: they may be slow, down or come back at any time.
 */
@Injectable()
export class KafkaBus extends Bus implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly listeners: LocalListeners;
  private readonly gapListeners = new Set<() => void | Promise<void>>();
  private readonly sender: KafkaSender;
  private readonly inbox: KafkaInbox;
  private readonly changes: Outbox<Change>;
  private readonly journal: Outbox<unknown>;
  private received = 0;
  private gaps = 0;

  constructor(
    private readonly config: CommonConfig,
    private readonly identity: KafkaIdentity,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    super();
    this.listeners = new LocalListeners(logger);
    const client = clientOptions(config, `${identity.prefix}.${identity.service}`, logger);
    this.sender = new KafkaSender(client);
    const onFailure = (failure: unknown) => logger.warn('bus.refused', { failure: String(failure) });
    this.changes = new Outbox<Change>(clock, {
      capacity: MAX_CHANGES,
      lingerMs: 0,
      encode: (change) => this.encodedChange(change),
      summary: {},
      send: (messages) => this.sender.send(changesTopic(identity), messages),
      onFailure,
    });
    this.journal = new Outbox<unknown>(clock, {
      capacity: config.kafkaJournalBuffer,
      lingerMs: JOURNAL_LINGER_MS,
      encode: (entry) => this.encodedEntry(entry),
      send: (messages) => this.sender.send(journalTopic(identity), messages),
      onFailure,
    });
    this.inbox = new KafkaInbox(clock, {
      client,
      topic: changesTopic(identity),
      topics: [
        { topic: changesTopic(identity), numPartitions: 1, retentionMs: CHANGES_RETENTION_MS },
        { topic: journalTopic(identity), numPartitions: -1 },
      ],
      groupId: `${identity.prefix}.${identity.service}.${identity.replicaId}`,
      onMessage: (value, headers) => this.receive(value, headers),
      onGap: () => this.gap(),
      logger,
    });
  }

  override get reachesReplicas(): boolean {
    return this.inbox.isConnected;
  }

  get figures(): BusFigures {
    const { changes, journal } = this;
    return {
      isConnected: this.inbox.isConnected,
      pending: { changes: changes.pending, journal: journal.pending },
      sent: { changes: changes.sent, journal: journal.sent },
      dropped: { changes: changes.dropped, journal: journal.dropped },
      received: this.received,
      gaps: this.gaps,
    };
  }

  publish(topic: string, event: unknown): Promise<void> {
    const delivered = this.listeners.deliver(topic, event, false);
    const work = openSending(changesTopic(this.identity));
    outsideTraces(() => this.changes.put({ topic, event, work }));
    return delivered;
  }

  override offer(topic: string, event: unknown): void {
    void this.listeners.deliver(topic, event, false);
    if (this.config.kafkaJournal) outsideTraces(() => this.journal.put(event));
  }

  async subscribe(topic: string, listener: BusListener): Promise<void> {
    this.listeners.add(topic, listener);
  }

  override onGap(listener: () => void | Promise<void>): void {
    this.gapListeners.add(listener);
  }

  onApplicationBootstrap(): void {
    this.inbox.open();
  }

  onApplicationShutdown(): Promise<void> {
    return this.close();
  }

  /** Sends what is pending if the brokers take it soon, and leaves. */
  async close(): Promise<void> {
    this.listeners.clear();
    await Promise.all([this.changes.close(FLUSH_TIMEOUT_MS), this.journal.close(FLUSH_TIMEOUT_MS)]);
    const left = Promise.allSettled([this.inbox.close(), this.sender.close()]);
    // Brokers that are away must not hold up the stop.
    await Promise.race([left, new Promise<void>((resolve) => this.clock.after(LEAVE_TIMEOUT_MS, resolve))]);
  }

  private async receive(value: unknown, headers: object | undefined): Promise<void> {
    const parsed = changeSchema.safeParse(value);
    if (!parsed.success) return this.logger.warn('bus.unreadable', { topic: changesTopic(this.identity) });
    const { origin, topic, event } = parsed.data;
    if (origin === this.identity.replicaId) return;
    this.received += 1;
    await processed(changesTopic(this.identity), headers, () =>
      topic === undefined ? this.gap() : this.listeners.deliver(topic, event, true),
    );
  }

  private async gap(): Promise<void> {
    this.gaps += 1;
    for (const listener of this.gapListeners) {
      try {
        await listener();
      } catch (failure) {
        this.logger.error('bus.listener-failed', { topic: 'gap', failure: String(failure) });
      }
    }
  }

  private encodedChange({ topic, event, work }: Change): OutgoingMessage {
    const message = { key: topic ?? '', value: JSON.stringify({ origin: this.identity.replicaId, topic, event }) };
    return work === undefined ? message : { ...message, headers: work.carrier, taken: () => work.end() };
  }

  private encodedEntry(entry: unknown) {
    const { service, replicaId: replica } = this.identity;
    const { subject, operation } = entry as { subject?: string; operation?: string };
    return { key: subject ?? operation ?? '', value: JSON.stringify({ service, replica, entry }) };
  }
}
