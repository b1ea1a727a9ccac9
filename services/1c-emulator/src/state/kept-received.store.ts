import type { OnModuleInit } from '@nestjs/common';
import type { DocumentStore, State } from '@poligon/emulator-kit';
import { everyDocument } from './ledger.js';
import { MemoryReceivedStore } from './memory-received.store.js';
import { ReceivedStore, type ReceivedKind } from './received.store.js';

interface Received {
  readonly kind: ReceivedKind;
  readonly id: string;
  readonly finishedAt: string;
}

const KEEP_FOR_MS = 400 * 86_400_000;

/** What was taken over from HRLink, in the state of the service: nothing is taken twice, whatever restarts. */
export class KeptReceivedStore extends ReceivedStore implements OnModuleInit {
  private readonly memory: MemoryReceivedStore;
  private readonly documents: DocumentStore<Received>;

  constructor(state: State, maxIdsPerKind: number) {
    super();
    this.memory = new MemoryReceivedStore(maxIdsPerKind);
    this.documents = state.documents<Received>({
      ...{ table: 'onec.received', cachedDocuments: 0, keepForMs: KEEP_FOR_MS },
    });
  }

  onModuleInit(): Promise<void> {
    return this.refresh();
  }

  override async refresh(): Promise<void> {
    await this.memory.clear();
    for await (const { document } of everyDocument(this.documents)) {
      await this.memory.add(document.kind, document.id, document.finishedAt);
    }
  }

  has(kind: ReceivedKind, id: string) {
    return this.memory.has(kind, id);
  }

  async add(kind: ReceivedKind, id: string, finishedAt: string): Promise<void> {
    await this.memory.add(kind, id, finishedAt);
    await this.documents.put(`${kind}/${id}`, { kind, id, finishedAt });
  }

  newest(kind: ReceivedKind) {
    return this.memory.newest(kind);
  }

  totals() {
    return this.memory.totals();
  }

  async clear(): Promise<void> {
    await this.documents.remove();
    await this.memory.clear();
  }
}
