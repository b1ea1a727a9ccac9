import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, ProtocolError, ResetOnAdmin, type Exchange, type Resettable } from '@poligon/emulator-kit';
import type { CaConfig } from '../../config.js';
import { BoundedMap } from '../../state/bounded-map.js';

/** Who holds a token, and which confirmed transaction it opens. */
export interface DssSession {
  readonly user: string;
  readonly transactionId?: string;
  readonly expiresAtMs: number;
}

const TOKEN_LIFE_S = 300;

/** Access tokens of the DSS token service. */
@Injectable()
@ResetOnAdmin()
export class DssSessions implements Resettable {
  private readonly sessions: BoundedMap<DssSession>;

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
    @Inject(CONFIG) config: Pick<CaConfig, 'maxOperations'>,
  ) {
    this.sessions = new BoundedMap(config.maxOperations);
  }

  open(user: string, transactionId?: string): { token: string; lifeSeconds: number } {
    const token = this.ids.bytes(32).toString('base64url');
    const expiresAtMs = this.clock.nowMs() + TOKEN_LIFE_S * 1000;
    this.sessions.add(token, { user, expiresAtMs, ...(transactionId === undefined ? {} : { transactionId }) });
    return { token, lifeSeconds: TOKEN_LIFE_S };
  }

  /** @throws ProtocolError `unauthorized` without a token in force, and where a fault of the exchange says that it has run out */
  require(authorization: string | undefined, exchange?: Exchange): DssSession {
    if (exchange?.hinted('dss-token-expired') === true) throw new ProtocolError('unauthorized');
    const token = /^Bearer (.{1,200})$/i.exec(authorization ?? '')?.[1];
    const session = token === undefined ? undefined : this.sessions.get(token);
    if (session === undefined || session.expiresAtMs <= this.clock.nowMs()) throw new ProtocolError('unauthorized');
    return session;
  }

  reset(): void {
    this.sessions.clear();
  }
}
