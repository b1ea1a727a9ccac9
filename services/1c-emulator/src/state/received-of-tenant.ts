import { ReceivedStore, type ReceivedKind } from './received.store.js';

/**
 * What was taken over, as one of several portals sees it: the newest finish of another portal says nothing about this one's, so each is asked
 * for everything and only what is known is passed over.
 */
export class ReceivedOfTenant extends ReceivedStore {
  constructor(private readonly whole: ReceivedStore) {
    super();
  }

  has(kind: ReceivedKind, id: string) {
    return this.whole.has(kind, id);
  }

  add(kind: ReceivedKind, id: string, finishedAt: string) {
    return this.whole.add(kind, id, finishedAt);
  }

  async newest(): Promise<undefined> {
    return undefined;
  }

  totals() {
    return this.whole.totals();
  }

  clear() {
    return this.whole.clear();
  }
}
