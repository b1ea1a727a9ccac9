import { HrlinkCaller } from '../hrlink/hrlink-caller.js';
import type { RawAnswer } from '../hrlink/hrlink-transport.js';
import type { HrlinkTransport } from '../hrlink/hrlink-transport.js';
import { CookieSession } from '../hrlink/hrlink-session.js';
import type { OperationTrace } from '../runtime/tracing.js';
import { passwordOf } from './password.js';
import type { Actor } from './world.js';

/** Login and password of a virtual employee; the login is the phone the invitation went to. */
export function credentialsOf(person: Actor): { login: string; password: string } {
  return person.credentials ?? { login: person.phone.slice(1), password: passwordOf(person.index) };
}

/** Keeps the employees' sessions: one login per person, because HRLink ends the oldest of more than five. */
export class EmployeeDesk {
  private readonly sessions = new Map<number, Promise<CookieSession>>();

  constructor(
    private readonly transport: HrlinkTransport,
    private readonly clientId: string,
  ) {}

  /** The employee as a caller; logs in at the first use, as part of the operation that needs it. */
  async caller(person: Actor, trace?: OperationTrace): Promise<HrlinkCaller> {
    let session = this.sessions.get(person.index);
    if (!session) {
      session = CookieSession.login(this.transport, credentialsOf(person), trace);
      this.sessions.set(person.index, session);
      session.catch(() => this.sessions.delete(person.index));
    }
    return new HrlinkCaller(this.transport, await session, this.clientId);
  }

  /** The employee with the session an answer has just opened; nothing is remembered. */
  welcome(person: Actor, answer: RawAnswer): HrlinkCaller {
    const session = CookieSession.from(this.transport, credentialsOf(person), answer);
    return new HrlinkCaller(this.transport, session, this.clientId);
  }
}
