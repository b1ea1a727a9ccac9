import { applicationStoreContract } from './application-store-contract.js';
import { MemoryApplicationStore } from './memory-application.store.js';
import { MemorySessionStore } from './memory-session.store.js';
import { MemoryStructureStore } from './memory-structure.store.js';
import { MemoryTimelineStore } from './memory-timeline.store.js';
import { sessionStoreContract } from './session-store-contract.js';
import { structureStoreContract } from './structure-store-contract.js';
import { timelineStoreContract } from './timeline-store-contract.js';

const limits = (limit: number) => ({ people: limit, objects: limit, sessions: limit, timelines: limit });

describe('MemoryApplicationStore', () => {
  applicationStoreContract((limit) => new MemoryApplicationStore(limits(limit)));
});

describe('MemorySessionStore', () => {
  sessionStoreContract((limit) => new MemorySessionStore(limits(limit)));
});

describe('MemoryStructureStore', () => {
  structureStoreContract(() => new MemoryStructureStore());
});

describe('MemoryTimelineStore', () => {
  timelineStoreContract((limit) => new MemoryTimelineStore(limits(limit)));
});
