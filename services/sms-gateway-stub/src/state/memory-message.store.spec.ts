import { describeMessageStore } from '../../test/message-store-contract.js';
import { MemoryMessageStore } from './memory-message.store.js';

describeMessageStore('memory', async (maxMessages) => new MemoryMessageStore({ maxMessages }));
