import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids } from '@poligon/emulator-kit';
import type { EsiaConfig } from '../../config.js';
import { SessionStore, type Session } from '../../state/session.store.js';
import { setCookie } from '../cookies.codec.js';
import { PublicBase } from '../public-base.js';
import { Revocations } from '../revocations.js';
import { SESSION_COOKIE, sessionIdOf, type Visit } from './visit.js';

/** A session just opened, with the header that gives it to the browser. */
export interface OpenedSession {
  readonly session: Session;
  readonly headers: Readonly<Record<string, string>>;
}

/** SSO sessions of browsers. */
@Injectable()
export class SsoSessions {
  constructor(
    @Inject(CONFIG) private readonly config: EsiaConfig,
    private readonly store: SessionStore,
    private readonly base: PublicBase,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly revocations: Revocations,
  ) {}

  /** The browser's live session. */
  async live(visit: Visit): Promise<Session | undefined> {
    const id = sessionIdOf(visit);
    return id === '' ? undefined : this.store.find(id);
  }

  async open(personIndex: number, { request }: Visit): Promise<OpenedSession> {
    const authTimeMs = this.clock.nowMs();
    const session = { id: this.ids.bytes(24).toString('base64url'), sid: this.ids.uuid(), personIndex, authTimeMs };
    await this.store.open(session, authTimeMs + this.config.sessionLifeS * 1000);
    return { session, headers: { 'set-cookie': setCookie(SESSION_COOKIE, session.id, this.base.isSecure(request)) } };
  }

  /** Ends the browser's session and what was granted in it; the headers make it forget the cookie. */
  async end(visit: Visit): Promise<Readonly<Record<string, string>>> {
    const session = await this.live(visit);
    if (session !== undefined && this.config.isLogoutRevoking) await this.revocations.session(session.sid);
    await this.store.end(sessionIdOf(visit));
    return { 'set-cookie': setCookie(SESSION_COOKIE, '', this.base.isSecure(visit.request), 0) };
  }
}
