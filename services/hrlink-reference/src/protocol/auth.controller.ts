import { Controller, Headers, Inject } from '@nestjs/common';
import { CONFIG, WireReply } from '@poligon/emulator-kit';
import type { CurrentUserAnswer } from '@poligon/hrlink-api';
import { z } from 'zod';
import type { Config } from '../config.js';
import { type Actor, personOf } from '../domain/actor.js';
import { normaliseLogin } from '../domain/client-user.js';
import { found, Refusal } from '../domain/refusal.js';
import { Logins } from '../flow/logins.js';
import { MasterTokens } from '../flow/master-tokens.js';
import { ClientUserStore, EmployeeStore } from '../state/people.store.js';
import { CurrentActor, sessionCookie } from './caller.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { InputOf } from './input.decorator.js';
import { isoDate } from './iso-date.js';
import { success } from './success.js';
import { subjectOfPhone } from './subject.js';

const credentials = z.object({ login: z.string().min(1).max(300), password: z.string().min(1).max(300) });
const loginOnly = z.object({ login: z.string().min(1).max(300) });
const tenant = z.object({ tenantHost: z.string().min(1).max(300) });

/** Login, impersonation, master tokens, current user (spec 2.2). */
@Controller()
export class AuthController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly logins: Logins,
    private readonly masterTokens: MasterTokens,
    private readonly users: ClientUserStore,
    private readonly employees: EmployeeStore,
  ) {}

  @HrlinkRoute('login', {
    about: 'password login, sets the session cookie',
    access: 'public',
    subject: subjectOfPhone('login'),
  })
  login(@InputOf('login', credentials) { login, password }: z.output<typeof credentials>): WireReply {
    return withSession(this.logins.login(login, password).id, success({}));
  }

  @HrlinkRoute('impersonate', { about: 'HR continues as another person', subject: subjectOfPhone('login') })
  impersonate(@InputOf('impersonate', loginOnly) { login }: z.output<typeof loginOnly>): WireReply {
    const user = this.users.byLogin(normaliseLogin(login));
    if (user === undefined) throw new Refusal('impersonatedUserUnknown');
    return withSession(this.logins.open(user).id, success({}));
  }

  @HrlinkRoute('masterTokens.create', { about: "an integrator's JWT against a master token", access: 'public' })
  masterToken(
    @Headers('authorization') authorization: string | undefined,
    @InputOf('masterTokens.create', tenant) _tenant: z.output<typeof tenant>,
  ) {
    const { token, expiresAtMs } = this.masterTokens.exchange(authorization);
    return success({ masterToken: { token, expiresDate: isoDate(expiresAtMs) } });
  }

  @HrlinkRoute('currentUser', { about: 'who am I and which tenant', access: 'any' })
  currentUser(@CurrentActor() actor: Actor) {
    return success<CurrentUserAnswer>({
      currentUser: { clients: [{ id: this.config.clientId }], ...this.self(actor) },
    });
  }

  private self(actor: Actor): Partial<CurrentUserAnswer['currentUser']> {
    if (actor.clientUserId === null) return {};
    const user = found(this.users.byId(personOf(actor)), 'clientUser');
    return {
      id: user.id,
      login: user.phone ?? user.email,
      clientUser: { id: user.id, externalId: user.externalId },
      employees: this.employees
        .ofUser(user.id)
        .map(({ id, externalId, legalEntityId }) => ({ id, externalId, legalEntityId })),
    };
  }
}

/** A JSON answer that also sets the session cookie. */
export function withSession(sessionId: string, body: object): WireReply {
  const { status, headers, body: text } = WireReply.json(body);
  return new WireReply(status, { ...headers, 'set-cookie': sessionCookie(sessionId) }, text);
}
