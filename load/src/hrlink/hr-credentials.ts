import { createSign } from 'node:crypto';
import { readAnswer } from '@poligon/hrlink-api';
import type { Clock } from '../engine/clock.js';
import { HrlinkCallError, OperationFailure } from './hrlink.errors.js';
import type { HrlinkSession } from './hrlink-session.js';
import { CookieSession, isFinalRefusal, TokenSession } from './hrlink-session.js';
import type { HrlinkTransport } from './hrlink-transport.js';

/** An integrator that obtains master tokens and acts for one user (spec hrlink.md 2.2). */
export interface Integrator {
  kind: 'master';
  /** UUID HRLink gave the integrator, and the issuer registered with it. */
  id: string;
  issuer: string;
  /** RSA private key, PEM. */
  privateKeyPem: string;
  /** External id of the user acted for. */
  impersonated: string;
}

/** How HR's calls are authorised: a permanent API token, a login, or master tokens of an integrator. */
export type HrCredentials = string | { kind: 'login'; login: string; password: string } | Integrator;

const AUDIENCE = 'esa.hr-link.ru';
const JWT_LIFE_S = 300;
const CLOCK_SLACK_S = 5;

/** Opens HR's session. Throws HrlinkCallError when HRLink refuses the credentials. */
export async function openHrSession(
  credentials: HrCredentials,
  transport: HrlinkTransport,
  clock: Clock,
  onRefused: (reason: string) => void = () => undefined,
): Promise<HrlinkSession> {
  if (typeof credentials === 'string') return new TokenSession(transport, credentials, onRefused);
  if (credentials.kind === 'login') {
    const session = await CookieSession.login(transport, { login: credentials.login, password: credentials.password });
    const words = (cause: string) => `HRLink no longer takes the login (${cause}): its password or account was changed`;
    return new WatchedSession(session, words, onRefused);
  }
  const session = new MasterTokenSession(credentials, transport, clock);
  await session.obtain();
  const words = (cause: string) =>
    `HRLink no longer gives master tokens (${cause}): the key or its rights were withdrawn`;
  return new WatchedSession(session, words, onRefused);
}

/** Notices when a session cannot be renewed any more, and says so in one line. */
class WatchedSession implements HrlinkSession {
  constructor(
    private readonly inner: HrlinkSession,
    private readonly wordsOf: (cause: string) => string,
    private readonly onRefused: (reason: string) => void,
  ) {}

  headers(): Record<string, string> {
    return this.inner.headers();
  }

  async renew(error: unknown): Promise<boolean> {
    try {
      return await this.inner.renew(error);
    } catch (refusal) {
      if (isFinalRefusal(refusal)) this.onRefused(this.wordsOf(refusal.cause));
      throw refusal;
    }
  }
}

/** Master tokens live for minutes: a new one is obtained when HRLink no longer takes the old one. */
class MasterTokenSession implements HrlinkSession {
  private token = '';
  private renewal: Promise<void> | undefined;

  constructor(
    private readonly integrator: Integrator,
    private readonly transport: HrlinkTransport,
    private readonly clock: Clock,
  ) {}

  headers(): Record<string, string> {
    const { masterToken, impersonatedUserId, impersonatedUserIdType } = this.transport.profile.headers;
    return {
      [masterToken]: this.token,
      [impersonatedUserId]: this.integrator.impersonated,
      [impersonatedUserIdType]: 'EXTERNAL_ID',
    };
  }

  async renew(error: unknown): Promise<boolean> {
    if (!(error instanceof HrlinkCallError) || error.status !== 401) return false;
    // Many calls find the token dead at once; one of them renews it for all.
    this.renewal ??= this.obtain().finally(() => (this.renewal = undefined));
    await this.renewal;
    return true;
  }

  async obtain(): Promise<void> {
    const { transport } = this;
    const answer = await transport.send('masterTokens.create', {
      headers: { authorization: `Bearer ${this.jwt()}` },
      body: { tenantHost: transport.host.split(':')[0] },
    });
    const token = readAnswer(transport.profile, 'masterTokens.create', 'token', answer.json);
    if (typeof token !== 'string') throw new OperationFailure('masterTokens.create without token');
    this.token = token;
  }

  private jwt(): string {
    const { id, issuer, privateKeyPem } = this.integrator;
    const now = Math.floor(this.clock.now() / 1000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: issuer, sub: id, aud: AUDIENCE, iat: now, nbf: now - CLOCK_SLACK_S, exp: now + JWT_LIFE_S };
    const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKeyPem, 'base64url')}`;
  }
}
