import { Injectable } from '@nestjs/common';
import { WireReply } from '@poligon/emulator-kit';
import type { AuthorizationRequest } from '../../domain/grant.js';
import { isLoginForced } from '../../domain/prompt.js';
import type { Session } from '../../state/session.store.js';
import { PublicBase } from '../public-base.js';
import { AutomaticLogin } from './automatic-login.js';
import { CodeIssuer } from './code-issuer.js';
import { ConsentRule } from './consent-rule.js';
import { PendingLogins, type Pending } from './pending-logins.js';
import { RoleChoice } from './role-choice.js';
import { SsoSessions } from './sso-sessions.js';
import { refusal, UserChecks } from './user-checks.js';
import { CONSENT_PATH, LOGIN_PATH, type Visit } from './visit.js';

/** What the consent page brought. */
export interface Agreement {
  readonly pending: Pending;
  /** Form field `role`. */
  readonly role: string | undefined;
}

interface Completion {
  readonly session: Session;
  readonly request: AuthorizationRequest;
  readonly role: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

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
    private readonly roles: RoleChoice,
    private readonly base: PublicBase,
  ) {}

  /** A validated request arrives. */
  async begin(request: AuthorizationRequest, visit: Visit): Promise<WireReply> {
    const session = await this.usableSession(request, visit);
    if (session === undefined) {
      refuseWithoutPages(request, 'login_required');
      return this.pendings.open(request, visit, LOGIN_PATH);
    }
    await this.checks.check(request, session.personIndex, visit.exchange);
    if (await this.consent.isAsked(session.personIndex, request)) {
      refuseWithoutPages(request, 'consent_required');
      return this.pendings.open(request, visit, CONSENT_PATH);
    }
    return this.complete({ session, request, role: undefined, headers: {} }, visit);
  }

  /** The person behind the browser is known: opens the SSO session and goes on. */
  async enter(personIndex: number, pending: Pending, visit: Visit): Promise<WireReply> {
    const { request } = pending;
    await this.checks.check(request, personIndex, visit.exchange);
    const { session, headers } = await this.sessions.open(personIndex, visit);
    await this.automatic.served(request);
    if (await this.consent.isAsked(personIndex, request)) {
      return WireReply.redirect(this.base.of(visit.request) + CONSENT_PATH, headers);
    }
    await this.pendings.finish(pending);
    return this.complete({ session, request, role: undefined, headers }, visit);
  }

  /** The person agreed, and chose a role when there was a choice. */
  async agree(session: Session, { pending, role }: Agreement, visit: Visit): Promise<WireReply> {
    await this.pendings.finish(pending);
    return this.complete({ session, request: pending.request, role, headers: {} }, visit);
  }

  private async complete({ session, request, role, headers }: Completion, visit: Visit): Promise<WireReply> {
    const resolved = this.roles.resolve(request, session.personIndex, role);
    await this.consent.give(session.personIndex, resolved);
    return this.codes.redirect(session, resolved, visit, headers);
  }

  /** A session of somebody else than the one who is to log in automatically does not count. */
  private async usableSession(request: AuthorizationRequest, visit: Visit): Promise<Session | undefined> {
    if (isLoginForced(request.prompts)) return undefined;
    const session = await this.sessions.live(visit);
    if (session === undefined) return undefined;
    const named = await this.automatic.personFor(request, visit);
    return named === undefined || named === session.personIndex ? session : undefined;
  }
}

/**
 * `prompt=none` forbids pages (OpenID Connect Core 1.0, 3.1.2.6): the code is that of a refusal by the user, the OAuth name tells what is
 * missing.
 * @throws ProtocolError that returns the user to the client
 */
function refuseWithoutPages(request: AuthorizationRequest, error: 'login_required' | 'consent_required'): void {
  if (request.prompts.includes('none')) throw refusal('ESIA-007004', request, { error });
}
