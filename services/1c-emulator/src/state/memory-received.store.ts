import { Injectable } from '@nestjs/common';
import { ReceivedStore, type ReceivedKind } from './received.store.js';

interface Shelf {
  readonly ids: Set<string>;
  newest: string | undefined;
  total: number;
}

const emptyShelf = (): Shelf => ({ ids: new Set(), newest: undefined, total: 0 });

/** Reference implementation: remembers as long as the process lives. */
@Injectable()
export class MemoryReceivedStore extends ReceivedStore {
  private shelves: Record<ReceivedKind, Shelf> = { application: emptyShelf(), document: emptyShelf() };

  constructor(private readonly maxIdsPerKind: number) {
    super();
  }

  async has(kind: ReceivedKind, id: string): Promise<boolean> {
    return this.shelves[kind].ids.has(id);
  }

  async add(kind: ReceivedKind, id: string, finishedAt: string): Promise<void> {
    const shelf = this.shelves[kind];
    if (shelf.ids.has(id)) return;
    shelf.ids.add(id);
    shelf.total += 1;
    const isNewer = shelf.newest === undefined || Date.parse(finishedAt) > Date.parse(shelf.newest);
    if (isNewer) shelf.newest = finishedAt;
    if (shelf.ids.size > this.maxIdsPerKind) shelf.ids.delete(shelf.ids.values().next().value!);
  }

  async newest(kind: ReceivedKind): Promise<string | undefined> {
    return this.shelves[kind].newest;
  }

  async totals(): Promise<Record<ReceivedKind, number>> {
    return { application: this.shelves.application.total, document: this.shelves.document.total };
  }

  async clear(): Promise<void> {
    this.shelves = { application: emptyShelf(), document: emptyShelf() };
  }
}
