import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids } from '@poligon/emulator-kit';
import type { Config } from '../config.js';
import { type ClientUser, normaliseLogin } from '../domain/client-user.js';
import { digestPassword, isPassword, isStrongPassword } from '../domain/password.js';
import { Refusal } from '../domain/refusal.js';
import { isSessionAlive, type Session } from '../domain/session.js';
import { ClientUserStore } from '../state/people.store.js';
import { SessionStore } from '../state/session.store.js';

/** Passwords and sessions (spec 2.2). */
@Injectable()
export class Logins {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly users: ClientUserStore,
    private readonly sessions: SessionStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Opens a session. Refuses with 90.401 without saying which half was wrong. */
  login(login: string, password: string): Session {
    const user = this.users.byLogin(normaliseLogin(login));
    const digest = user?.passwordDigest ?? null;
    if (user === undefined || digest === null || !isPassword(password, digest)) throw new Refusal('wrongCredentials');
    return this.open(user);
  }

  open(user: ClientUser): Session {
    const nowMs = this.clock.nowMs();
    const session = { id: this.ids.uuid(), clientUserId: user.id, openedAtMs: nowMs, lastUsedAtMs: nowMs };
    this.sessions.open(session, this.config.maxSessions);
    return session;
  }

  /** The live session of a cookie, or undefined when it is unknown, idle too long or evicted. */
  resume(sessionId: string): Session | undefined {
    const session = this.sessions.byId(sessionId);
    if (session === undefined) return undefined;
    const rules = { maxPerUser: this.config.maxSessions, idleMs: this.config.sessionIdleMs };
    const nowMs = this.clock.nowMs();
    if (!isSessionAlive(session, rules, nowMs)) {
      this.sessions.end(sessionId);
      return undefined;
    }
    session.lastUsedAtMs = nowMs;
    return session;
  }

  /** Refuses a weak password with 11.021. */
  setPassword(user: ClientUser, password: string): void {
    if (!isStrongPassword(password)) {
      const rule = 'at least 8 characters with upper, lower, digit and special';
      throw new Refusal('malformedJson', { path: 'password', reason: rule });
    }
    user.passwordDigest = digestPassword(password, this.ids.bytes(8).toString('hex'));
    this.users.save(user);
  }
}
