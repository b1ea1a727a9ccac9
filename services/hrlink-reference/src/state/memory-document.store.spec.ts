import { documentStoreContract } from './document-store-contract.js';
import { MemoryDocumentStore } from './memory-document.store.js';

describe('MemoryDocumentStore', () => {
  documentStoreContract((objects) => new MemoryDocumentStore({ people: 10, objects, sessions: 10, timelines: 10 }));
});
