import { MemoryMessageStore } from './memory-message.store.js';
import { describeMessageStore } from '../../test/message-store-contract.js';

describeMessageStore('memory', async (maxMessages) => new MemoryMessageStore({ maxMessages }));
