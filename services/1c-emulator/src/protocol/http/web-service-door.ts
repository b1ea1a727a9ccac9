import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ProtocolError, WireReply, type Exchange } from '@poligon/emulator-kit';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { OneCConfig } from '../../config.js';
import { SessionPool, type SessionReuse } from '../../flow/session-pool.js';

/** What every web service of the publication passes through: the login, then a session that lasts as long as the call. */
@Injectable()
export class WebServiceDoor {
  private readonly users: ReadonlyMap<string, Buffer> | undefined;

  constructor(
    @Inject(CONFIG) config: OneCConfig,
    private readonly pool: SessionPool,
  ) {
    this.users = config.users === undefined ? undefined : readUsers(config.users);
  }

  /**
   * @param reuse how the service reuses sessions whatever the settings say
   * @throws ProtocolError `unauthorised`, `iis-401-5` for credentials that are no UTF-8, or those of the pool
   */
  async serve(
    request: FastifyRequest,
    exchange: Exchange,
    answer: () => Promise<WireReply>,
    reuse?: SessionReuse,
  ): Promise<WireReply> {
    const user = this.user(request);
    const command = request.headers['ibsession'];
    const session = await this.pool.enter({
      user,
      command: command === 'start' || command === 'finish' ? command : undefined,
      cookie: sessionCookie(request.headers.cookie),
      reuse,
    });
    exchange.onEnd(() => session.release());
    const reply = await answer();
    if (!session.isNew) return reply;
    return new WireReply(reply.status, { ...reply.headers, 'set-cookie': `ibsession=${session.id}` }, reply.body);
  }

  /** Whether a call carries the login of a user; anybody is known when there are no users. */
  isKnown(request: FastifyRequest): boolean {
    try {
      this.user(request);
      return true;
    } catch (failure) {
      if (!(failure instanceof ProtocolError)) throw failure;
      return false;
    }
  }

  private user(request: FastifyRequest): string {
    const credentials = basicCredentials(request.headers.authorization);
    if (this.users === undefined) return credentials?.login ?? '';
    if (credentials === undefined) throw new ProtocolError('unauthorised');
    const known = this.users.get(credentials.login);
    const given = digest(credentials.password);
    // compared even when nobody has that login, so that time does not tell
    const isRight = timingSafeEqual(known ?? given, given);
    if (known === undefined || !isRight) throw new ProtocolError('unauthorised');
    return credentials.login;
  }
}

/** The login a call names, for journal and fault rules; undefined when it names none. */
export function loginOf(request: FastifyRequest): string | undefined {
  try {
    return basicCredentials(request.headers.authorization)?.login;
  } catch {
    return undefined;
  }
}

/** @throws ProtocolError `iis-401-5` when login or password is no UTF-8 (1c.md 2.1) */
function basicCredentials(header: string | undefined) {
  const encoded = /^Basic\s+([A-Za-z0-9+/=]+)\s*$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) throw new ProtocolError('iis-401-5');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { login: text.slice(0, colon), password: text.slice(colon + 1) };
}

function readUsers(text: string): Map<string, Buffer> {
  const pairs = text.split(',').map((pair) => pair.trim().split(/:(.*)/s) as [string, string?]);
  return new Map(pairs.map(([login, password = '']) => [login, digest(password)]));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

function sessionCookie(header: string | undefined): string | undefined {
  return /(?:^|;\s*)ibsession=([^;\s]+)/.exec(header ?? '')?.[1];
}
