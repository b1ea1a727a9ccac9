import { Injectable } from '@nestjs/common';
import type { SmppSession } from './smpp-session.js';

/** The connections of all ESMEs. */
@Injectable()
export class SmppSessions {
  readonly open = new Set<SmppSession>();
  private lastId = 0;

  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  /** Connections bound by a system_id. */
  bound(systemId: string): number {
    let count = 0;
    for (const { account } of this.open) if (account?.login === systemId) count += 1;
    return count;
  }
}
