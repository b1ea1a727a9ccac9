import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import type { AuthorizationRequest } from '../../domain/grant.js';
import { PendingLoginStore } from '../../state/pending-login.store.js';
import { setCookie } from '../cookies.codec.js';
import { PublicBase } from '../public-base.js';
import { PENDING_COOKIE, pendingIdOf, type Visit } from './visit.js';

/** An authorization request at the login or consent page. */
export interface Pending {
  readonly id: string;
  readonly request: AuthorizationRequest;
}

/** Authorization requests that wait for their user, each tied to a browser by a cookie. */
@Injectable()
export class PendingLogins {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly store: PendingLoginStore,
    private readonly base: PublicBase,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Keeps a request and sends the browser to a page of ours. */
  async open(request: AuthorizationRequest, { request: call }: Visit, path: string): Promise<WireReply> {
    const id = this.ids.uuid();
    await this.store.put(id, request, this.clock.nowMs() + this.config.loginWaitS * 1000);
    const cookie = setCookie(PENDING_COOKIE, id, this.base.isSecure(call));
    return WireReply.redirect(this.base.of(call) + path, { 'set-cookie': cookie, 'cache-control': 'no-store' });
  }

  /** The request of this browser. @throws ProtocolError `no-login-request` */
  async of(visit: Visit): Promise<Pending> {
    const id = pendingIdOf(visit);
    const request = await this.store.find(id);
    if (request === undefined) throw new ProtocolError('no-login-request');
    return { id, request };
  }

  /** Ends the wait. @throws ProtocolError `no-login-request` when another call was first */
  async finish({ id }: Pending): Promise<void> {
    if (!(await this.store.finish(id))) throw new ProtocolError('no-login-request');
  }
}
