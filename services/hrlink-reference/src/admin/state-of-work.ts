import { Injectable } from '@nestjs/common';
import { FileStore, LnaStore, NqesIssueStore, SigningRequestStore, TaskStore } from '../state/work.store.js';

/** The stores of work in progress, together. */
@Injectable()
export class StateOfWork {
  constructor(
    readonly files: FileStore,
    readonly tasks: TaskStore,
    readonly requests: SigningRequestStore,
    readonly issues: NqesIssueStore,
    readonly lnas: LnaStore,
  ) {}
}
