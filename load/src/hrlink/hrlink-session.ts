import { HrlinkCallError } from './hrlink.errors.js';
import type { HrlinkTransport, RawAnswer } from './hrlink-transport.js';
import { CookieJar } from './cookie-jar.js';
import type { OperationTrace } from '../runtime/tracing.js';

/** Who a call is made for. */
export interface HrlinkSession {
  headers(): Record<string, string>;
  /** Given a call's error: true when the session had ended and is good again, so that the call may be repeated. */
  renew(error: unknown): Promise<boolean>;
}

/** HR or an integrator with a permanent API token. */
export class TokenSession implements HrlinkSession {
  private check: Promise<boolean> | undefined;

  /** `onRefused` is called when HRLink no longer takes the token: nothing can be had from the run then. */
  constructor(
    private readonly transport: HrlinkTransport,
    private readonly token: string,
    private readonly onRefused: (reason: string) => void = () => undefined,
  ) {}

  headers(): Record<string, string> {
    return { [this.transport.profile.headers.apiToken]: this.token };
  }

  /** A token cannot be renewed; but one refused call does not prove it dead, so it is tried once for all that failed. */
  async renew(error: unknown): Promise<boolean> {
    if (!isUnauthorised(error)) return false;
    this.check ??= this.isAlive().finally(() => (this.check = undefined));
    return this.check;
  }

  private async isAlive(): Promise<boolean> {
    try {
      await this.transport.send('currentUser', { headers: this.headers() });
      return true;
    } catch (error) {
      if (isUnauthorised(error)) {
        this.onRefused(`HRLink no longer takes the API token (${error.cause}): it has expired or was revoked`);
      }
      return false;
    }
  }
}

/** Whether an answer to credentials is final: a server that is down or busy says nothing of them. */
export function isFinalRefusal(error: unknown): error is HrlinkCallError {
  if (!(error instanceof HrlinkCallError)) return false;
  return (error.status >= 400 && error.status < 500 && error.status !== 429) || /^11\./.test(error.code ?? '');
}

function isUnauthorised(error: unknown): error is HrlinkCallError {
  return error instanceof HrlinkCallError && error.status === 401;
}

/** An employee with a session cookie; logs in again when HRLink has ended the session. */
export class CookieSession implements HrlinkSession {
  private constructor(
    private readonly transport: HrlinkTransport,
    private readonly jar: CookieJar,
    private readonly credentials: { login: string; password: string },
  ) {}

  /** Logs in by password (spec hrlink.md 2.2). */
  static async login(
    transport: HrlinkTransport,
    credentials: { login: string; password: string },
    trace?: OperationTrace,
  ): Promise<CookieSession> {
    const session = new CookieSession(transport, new CookieJar(), credentials);
    session.take(await transport.send('login', { body: credentials, trace }));
    return session;
  }

  /** Session that an answer has just opened, e.g. that of `invitation.accept`. */
  static from(
    transport: HrlinkTransport,
    credentials: { login: string; password: string },
    answer: RawAnswer,
  ): CookieSession {
    const session = new CookieSession(transport, new CookieJar(), credentials);
    session.take(answer);
    return session;
  }

  headers(): Record<string, string> {
    const cookie = this.jar.header(this.transport.host);
    return cookie ? { cookie } : {};
  }

  async renew(error: unknown): Promise<boolean> {
    if (!(error instanceof HrlinkCallError) || error.status !== 401) return false;
    this.take(await this.transport.send('login', { body: this.credentials }));
    return true;
  }

  private take(answer: RawAnswer): void {
    this.jar.store(this.transport.host, answer.headers['set-cookie']);
    if (!this.jar.header(this.transport.host)) throw new HrlinkCallError('login without cookie', '', answer.status);
  }
}
