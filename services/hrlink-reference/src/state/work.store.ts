import type { Lna } from '../domain/lna.js';
import type { NqesIssue } from '../domain/nqes-issue.js';
import type { SigningRequest } from '../domain/signing-request.js';
import type { StoredFile } from '../domain/stored-file.js';
import type { Task } from '../domain/task.js';

/** Uploaded files. */
export abstract class FileStore {
  abstract save(file: StoredFile): void;
  abstract byId(id: string): StoredFile | undefined;
}

/** Bulk sync, send and ЛНА send tasks. */
export abstract class TaskStore {
  abstract save(task: Task): void;
  abstract byId(id: string): Task | undefined;
}

/** Signing requests. */
export abstract class SigningRequestStore {
  abstract save(request: SigningRequest): void;
  abstract byId(id: string): SigningRequest | undefined;
}

/** УНЭП issue requests. */
export abstract class NqesIssueStore {
  abstract save(issue: NqesIssue): void;
  abstract byId(id: string): NqesIssue | undefined;
  /** The person's issue that is not over, if any. */
  abstract openOfUser(clientUserId: string): NqesIssue | undefined;
  abstract byCaRequest(caRequestId: string): NqesIssue | undefined;
  abstract byEsiaState(state: string): NqesIssue | undefined;
}

/** Local regulations. */
export abstract class LnaStore {
  abstract save(lna: Lna): void;
  abstract byId(id: string): Lna | undefined;
  abstract byExternalId(externalId: string): Lna | undefined;
}
