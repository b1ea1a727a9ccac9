import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { Bus } from '../bus/bus.js';
import { Clock } from '../runtime/clock.js';
import { Logger } from '../runtime/logger.js';
import type { CommonConfig } from '../runtime/settings.js';
import { DatabaseDocumentStore, type StateLimits } from './database-document.store.js';
import type { Database } from './database.js';
import type { DocumentStore, DocumentStoreOptions } from './document.store.js';
import { MemoryDocumentStore } from './memory-document.store.js';
import { ResidentDocuments } from './resident-documents.js';
import { Retention, type KeptTable } from './retention.js';

/** Bus topic on which replicas tell each other what they wrote. */
const STATE_CHANGED = 'poligon.state';
/** How often documents held whole are read again where the bus reaches no other replica. */
const REFRESH_MS = 1000;
/** A caller not seen for so long is a new one to chance. */
const CALL_COUNT_KEEP_FOR_MS = 86_400_000;

interface StateChange {
  readonly table: string;
  /** Null: all of them. */
  readonly keys: readonly string[] | null;
}

/** What the state of a process works with. */
export interface StateParts {
  readonly database: Database | undefined;
  readonly service: string;
  readonly config: Pick<CommonConfig, 'stateMaxWaiting' | 'stateWaitMs' | 'stateKeepFor'>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Told {
  changed(keys: readonly string[] | null): void | Promise<void>;
}

/**
 * Where stores come from: with a database they are durable and shared by all replicas, without one they live in memory. Open stores while the
 * module is put together.
 */
@Injectable()
export class State implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  readonly limits: StateLimits;
  private readonly told = new Map<string, Told[]>();
  private readonly residents: ResidentDocuments<unknown>[] = [];
  private readonly retention: Retention | undefined;
  private isClosed = false;

  /** Undefined: nothing outlives the process. */
  readonly database: Database | undefined;
  /** Name of the service whose replicas share tables that other services use as well. */
  readonly service: string;
  readonly clock: Clock;

  constructor(private readonly parts: StateParts) {
    const { database, service, clock, logger, config } = parts;
    this.database = database;
    this.service = service;
    this.clock = clock;
    this.limits = { maxWaiting: config.stateMaxWaiting, giveUpMs: config.stateWaitMs };
    if (database !== undefined) this.retention = new Retention(database, clock, logger);
    this.keep({ table: 'kit.call_count', ageColumn: 'changed_at_ms', keepForMs: CALL_COUNT_KEEP_FOR_MS });
  }

  /** True when other replicas may write the same state. */
  get isShared(): boolean {
    return this.database?.isShared ?? false;
  }

  /** A store of documents by key. */
  documents<T>(options: DocumentStoreOptions<T>): DocumentStore<T> {
    if (this.database === undefined) return new MemoryDocumentStore(this.clock, options);
    const { table } = options;
    const store = new DatabaseDocumentStore(options, {
      database: this.database,
      clock: this.clock,
      limits: this.limits,
      announce: (keys) => this.announce(table, keys),
    });
    this.tell(table, { changed: (keys) => store.forget(keys) });
    this.keep({
      table,
      ageColumn: 'changed_at_ms',
      expiryColumn: 'expires_at_ms',
      keepForMs: options.keepForMs ?? Infinity,
    });
    return store;
  }

  /** Documents of a small store held whole in memory, read at start and whenever another replica writes. */
  resident<T>(options: DocumentStoreOptions<T>): ResidentDocuments<T> {
    const resident = new ResidentDocuments(this.documents<T>({ ...options, cachedDocuments: 0 }));
    this.residents.push(resident);
    this.tell(options.table, {
      changed: async (keys) => {
        if (keys === null) return resident.refresh();
        for (const key of keys) await resident.refreshOne(key);
      },
    });
    return resident;
  }

  /** Deletes rows of a table that are too old; the settings may say otherwise. */
  keep(table: KeptTable): void {
    this.retention?.add({ ...table, keepForMs: this.parts.config.stateKeepFor.get(table.table) ?? table.keepForMs });
  }

  /** Listens for what other replicas announce of a table; null: any of its rows. */
  hear(table: string, changed: Told['changed']): void {
    this.tell(table, { changed });
  }

  /** Tells other replicas that rows of a table were written; null: any. */
  announce(table: string, keys: readonly string[] | null): void {
    if (this.isShared) void this.parts.bus.publish(STATE_CHANGED, { table, keys } satisfies StateChange);
  }

  async onModuleInit(): Promise<void> {
    for (const resident of this.residents) await resident.refresh();
    if (!this.isShared) return;
    await this.parts.bus.subscribe(STATE_CHANGED, (event, isRemote) => (isRemote ? this.receive(event) : undefined));
    this.parts.bus.onGap(() => this.hearAll());
    this.refreshLater();
  }

  onApplicationBootstrap(): void {
    this.retention?.start();
  }

  onModuleDestroy(): void {
    this.isClosed = true;
    this.retention?.stop();
  }

  /** Last of all: open exchanges have finished by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.database?.close();
  }

  private tell(table: string, listener: Told): void {
    this.told.set(table, [...(this.told.get(table) ?? []), listener]);
  }

  private async receive(event: unknown): Promise<void> {
    const { table, keys } = event as StateChange;
    for (const listener of this.told.get(table) ?? []) await listener.changed(keys);
  }

  private async hearAll(): Promise<void> {
    for (const listeners of this.told.values()) for (const listener of listeners) await listener.changed(null);
  }

  /** Without a bus between replicas only reading again tells what they wrote. */
  private refreshLater(): void {
    if (this.isClosed || this.residents.length === 0) return;
    this.clock.after(REFRESH_MS, () => {
      const refreshed = this.parts.bus.reachesReplicas
        ? Promise.resolve()
        : Promise.all(this.residents.map((resident) => resident.refresh()));
      refreshed
        .catch((failure: unknown) => this.parts.logger.warn('state.refresh-failed', { failure: String(failure) }))
        .finally(() => this.refreshLater());
    });
  }
}
