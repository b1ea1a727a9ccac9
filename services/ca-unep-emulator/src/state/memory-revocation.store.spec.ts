import { MemoryRevocationStore } from './memory-revocation.store.js';
import { revocationStoreContract } from './revocation.store-contract.js';

describe('MemoryRevocationStore', () => {
  revocationStoreContract(() => new MemoryRevocationStore({ maxRevocations: 3 }));
});
