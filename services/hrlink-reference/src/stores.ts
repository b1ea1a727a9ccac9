import type { Provider } from '@nestjs/common';
import { ApplicationStore } from './state/application.store.js';
import { DocumentStore } from './state/document.store.js';
import { MemoryApplicationStore } from './state/memory-application.store.js';
import { MemoryDocumentStore } from './state/memory-document.store.js';
import { MemoryNqesIssueStore } from './state/memory-nqes-issue.store.js';
import { MemoryClientUserStore, MemoryEmployeeStore } from './state/memory-people.store.js';
import { MemorySessionStore } from './state/memory-session.store.js';
import { MemoryStructureStore } from './state/memory-structure.store.js';
import { MemoryTimelineStore } from './state/memory-timeline.store.js';
import {
  MemoryFileStore,
  MemoryLnaStore,
  MemorySigningRequestStore,
  MemoryTaskStore,
} from './state/memory-work.store.js';
import { ClientUserStore, EmployeeStore } from './state/people.store.js';
import { SessionStore } from './state/session.store.js';
import { StructureStore } from './state/structure.store.js';
import { TimelineStore } from './state/timeline.store.js';
import { FileStore, LnaStore, NqesIssueStore, SigningRequestStore, TaskStore } from './state/work.store.js';

/** Which store stands behind each port. */
export const STORES: readonly Provider[] = [
  { provide: ApplicationStore, useClass: MemoryApplicationStore },
  { provide: ClientUserStore, useClass: MemoryClientUserStore },
  { provide: DocumentStore, useClass: MemoryDocumentStore },
  { provide: EmployeeStore, useClass: MemoryEmployeeStore },
  { provide: FileStore, useClass: MemoryFileStore },
  { provide: LnaStore, useClass: MemoryLnaStore },
  { provide: NqesIssueStore, useClass: MemoryNqesIssueStore },
  { provide: SessionStore, useClass: MemorySessionStore },
  { provide: SigningRequestStore, useClass: MemorySigningRequestStore },
  { provide: StructureStore, useClass: MemoryStructureStore },
  { provide: TaskStore, useClass: MemoryTaskStore },
  { provide: TimelineStore, useClass: MemoryTimelineStore },
];
