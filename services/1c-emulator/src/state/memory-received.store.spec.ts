import { MemoryReceivedStore } from './memory-received.store.js';
import { describeReceivedStore } from './received-store-contract.js';

describeReceivedStore('memory', async (maxIdsPerKind) => new MemoryReceivedStore(maxIdsPerKind));
