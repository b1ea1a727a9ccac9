import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Logger, State } from '@poligon/emulator-kit';
import { EventStore } from '../state/event.store.js';
import { IssueRequestStore } from '../state/issue-request.store.js';
import { SigningOperationStore } from '../state/signing-operation.store.js';
import { IssuingDesk } from './issuing-desk.js';
import { ResultNotices } from './result-notices.js';
import { SigningDesk } from './signing-desk.js';

/** Most requests of one state, operations and events taken up again at a start. */
const LIMIT = 10_000;
const MOVING = ['ACCEPTED', 'CHECKING', 'AWAITING_GOSUSLUGI', 'ISSUING'] as const;

/**
 * Takes up what a former process left undone. Another replica may be at the same work: every move of a request is made by one of them alone,
 * signatures are made again, and results are told at least once, as always.
 */
@Injectable()
export class Recovery implements OnApplicationBootstrap {
  constructor(
    private readonly state: State,
    private readonly requests: IssueRequestStore,
    private readonly operations: SigningOperationStore,
    private readonly events: EventStore,
    private readonly issuing: IssuingDesk,
    private readonly signing: SigningDesk,
    private readonly notices: ResultNotices,
    private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.state.database === undefined) return;
    let requests = 0;
    for (const state of MOVING) {
      for (const request of await this.requests.inState(state, LIMIT)) {
        if (request.isHeld) continue;
        this.issuing.resume(request);
        requests += 1;
      }
    }
    const operations = await this.operations.queued(LIMIT);
    for (const operation of operations) this.signing.resume(operation);
    const events = await this.events.undelivered(LIMIT);
    for (const event of events) this.notices.deliverAgain(event);
    this.logger.info('ca.recovered', { requests, operations: operations.length, events: events.length });
  }
}
