import { eventStoreContract } from './event.store-contract.js';
import { MemoryEventStore } from './memory-event.store.js';

describe('MemoryEventStore', () => {
  eventStoreContract(() => new MemoryEventStore({ maxEvents: 3 }));
});
