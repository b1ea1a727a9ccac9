import { MemoryObjectStore } from './memory-object.store.js';
import { describeObjectStore } from './object-store-contract.js';

describeObjectStore('memory', async (maxObjects) => new MemoryObjectStore(maxObjects));
