import { MemorySigningOperationStore } from './memory-signing-operation.store.js';
import { signingOperationStoreContract } from './signing-operation.store-contract.js';

describe('MemorySigningOperationStore', () => {
  signingOperationStoreContract(() => new MemorySigningOperationStore({ maxOperations: 2 }));
});
