import { authorityStoreContract } from './authority.store-contract.js';
import { MemoryAuthorityStore } from './memory-authority.store.js';

describe('MemoryAuthorityStore', () => {
  authorityStoreContract(() => new MemoryAuthorityStore());
});
