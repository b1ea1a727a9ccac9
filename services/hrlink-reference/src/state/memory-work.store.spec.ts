import type { Lna } from '../domain/lna.js';
import type { NqesIssue } from '../domain/nqes-issue.js';
import type { SigningRequest } from '../domain/signing-request.js';
import type { StoredFile } from '../domain/stored-file.js';
import type { Task } from '../domain/task.js';
import { MemoryNqesIssueStore } from './memory-nqes-issue.store.js';
import { MemoryFileStore, MemoryLnaStore, MemorySigningRequestStore, MemoryTaskStore } from './memory-work.store.js';
import { lnaStoreContract, nqesIssueStoreContract, plainStoreContract } from './work-store-contract.js';

const limits = (objects: number) => ({ people: 10, objects, sessions: 10, timelines: 10 });

describe('MemoryFileStore', () => {
  plainStoreContract(
    (limit) => new MemoryFileStore(limits(limit)),
    (id, isOver) => ({ id, processedAtMs: isOver ? 1 : null, conversionFailedAtMs: null }) as StoredFile,
  );
});

describe('MemoryTaskStore', () => {
  plainStoreContract(
    (limit) => new MemoryTaskStore(limits(limit)),
    (id, isOver) => ({ id, state: isOver ? 'FINISHED' : 'QUEUED' }) as Task,
  );
});

describe('MemorySigningRequestStore', () => {
  plainStoreContract(
    (limit) => new MemorySigningRequestStore(limits(limit)),
    (id, isOver) => ({ id, state: isOver ? 'SIGNED' : 'CODE_SENT' }) as SigningRequest,
  );
});

describe('MemoryNqesIssueStore', () => {
  plainStoreContract(
    (limit) => new MemoryNqesIssueStore(limits(limit)),
    (id, isOver) =>
      ({
        id,
        clientUserId: id,
        state: isOver ? 'ISSUED' : 'IN_PROCESSING',
        caRequestId: null,
        esiaState: null,
      }) as NqesIssue,
  );
  nqesIssueStoreContract((limit) => new MemoryNqesIssueStore(limits(limit)));
});

describe('MemoryLnaStore', () => {
  plainStoreContract(
    (limit) => new MemoryLnaStore(limits(limit)),
    (id, isOver) => ({ id, externalId: null, state: isOver ? 'SIGNED' : 'DRAFT' }) as Lna,
  );
  lnaStoreContract((limit) => new MemoryLnaStore(limits(limit)));
});
