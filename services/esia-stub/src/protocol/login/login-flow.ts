import { Injectable } from '@nestjs/common';
import { WireReply } from '@poligon/emulator-kit';
import type { AuthorizationRequest } from '../../domain/grant.js';
import type { Session } from '../../state/session.store.js';
import { PublicBase } from '../public-base.js';
import { AutomaticLogin } from './automatic-login.js';
import { CodeIssuer } from './code-issuer.js';
import { ConsentRule } from './consent-rule.js';
import { PendingLogins, type Pending } from './pending-logins.js';
import { SsoSessions } from './sso-sessions.js';
import { UserChecks } from './user-checks.js';
import { CONSENT_PATH, LOGIN_PATH, type Visit } from './visit.js';

/**
 * The way of an authorization request: received, awaiting login, awaiting consent, code issued or denied. A live SSO session
 * skips the login page.
 */
@Injectable()
export class LoginFlow {
  constructor(
    private readonly pendings: PendingLogins,
    private readonly sessions: SsoSessions,
    private readonly automatic: AutomaticLogin,
    private readonly consent: ConsentRule,
    private readonly checks: UserChecks,
    private readonly codes: CodeIssuer,
    private readonly base: PublicBase,
  ) {}

  /** A validated request arrives. */
  async begin(request: AuthorizationRequest, visit: Visit): Promise<WireReply> {
    const session = await this.usableSession(request, visit);
    if (session === undefined) return this.pendings.open(request, visit, LOGIN_PATH);
    this.checks.check(request, visit.exchange);
    if (await this.consent.isAsked(session.personIndex, request)) {
      return this.pendings.open(request, visit, CONSENT_PATH);
    }
    return this.codes.redirect(session, request, visit);
  }

  /** The person behind the browser is known: opens the SSO session and goes on. */
  async enter(personIndex: number, pending: Pending, visit: Visit): Promise<WireReply> {
    const { request } = pending;
    this.checks.check(request, visit.exchange);
    const { session, headers } = await this.sessions.open(personIndex, visit);
    await this.automatic.served(request);
    if (await this.consent.isAsked(personIndex, request)) {
      return WireReply.redirect(this.base.of(visit.request) + CONSENT_PATH, headers);
    }
    await this.pendings.finish(pending);
    return this.codes.redirect(session, request, visit, headers);
  }

  /** The person agreed. */
  async agree(session: Session, pending: Pending, visit: Visit): Promise<WireReply> {
    await this.pendings.finish(pending);
    await this.consent.give(session.personIndex, pending.request);
    return this.codes.redirect(session, pending.request, visit);
  }

  /** A session of somebody else than the one who is to log in automatically does not count. */
  private async usableSession(request: AuthorizationRequest, visit: Visit): Promise<Session | undefined> {
    const session = await this.sessions.live(visit);
    if (session === undefined) return undefined;
    const named = await this.automatic.personFor(request, visit);
    return named === undefined || named === session.personIndex ? session : undefined;
  }
}
