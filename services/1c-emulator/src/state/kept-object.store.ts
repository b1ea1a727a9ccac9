import type { OnModuleInit } from '@nestjs/common';
import type { DocumentStore, State } from '@poligon/emulator-kit';
import { everyDocument } from './ledger.js';
import { MemoryObjectStore } from './memory-object.store.js';
import { ObjectStore, type Written } from './object.store.js';

interface KeptObject {
  readonly set: string;
  readonly key: string;
  readonly object: Written;
}

/** Objects in the state of the service: read from memory, which is filled at start; a write is done when it is kept. */
export class KeptObjectStore extends ObjectStore implements OnModuleInit {
  private readonly memory: MemoryObjectStore;
  private readonly documents: DocumentStore<KeptObject>;

  constructor(state: State, maxObjects: number) {
    super();
    this.memory = new MemoryObjectStore(maxObjects);
    this.documents = state.documents<KeptObject>({ table: 'onec.object', cachedDocuments: 0 });
  }

  async onModuleInit(): Promise<void> {
    for await (const { document } of everyDocument(this.documents)) {
      await this.memory.put(document.set, document.key, document.object);
    }
  }

  find(set: string, key: string): Written | undefined {
    return this.memory.find(set, key);
  }

  written(set: string): Iterable<readonly [string, Written]> {
    return this.memory.written(set);
  }

  holds(set: string): boolean {
    return this.memory.holds(set);
  }

  async put(set: string, key: string, object: Written): Promise<boolean> {
    if (!(await this.memory.put(set, key, object))) return false;
    await this.documents.put(`${set} ${key}`, { set, key, object });
    return true;
  }

  count(): number {
    return this.memory.count();
  }

  revision(): number {
    return this.memory.revision();
  }

  async clear(): Promise<void> {
    await this.documents.remove();
    await this.memory.clear();
  }
}
