import { createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import { readLiteral } from '@poligon/hrlink-api';
import type { FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Config, profile } from '../config.js';
import type { Actor } from '../domain/actor.js';
import type { ClientUser } from '../domain/client-user.js';
import { Refusal } from '../domain/refusal.js';
import { HR_ROLE_ID } from '../domain/route-seed.js';
import { Logins } from '../flow/logins.js';
import { MasterTokens } from '../flow/master-tokens.js';
import { PeopleDirectory } from '../flow/people-directory.js';
import { ClientUserStore } from '../state/people.store.js';

const ACTOR = Symbol('actor');
type Carrying = FastifyRequest & { [ACTOR]?: Actor };

/** Injects who makes the call; only where access is not public. */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<Carrying>()[ACTOR],
);

/** Finds out who makes a call: API token, session cookie, or master token with impersonation (spec 2.2). */
@Injectable()
export class Authentication {
  private readonly tokenDigest: Buffer;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly logins: Logins,
    private readonly masterTokens: MasterTokens,
    private readonly users: ClientUserStore,
    private readonly people: PeopleDirectory,
  ) {
    this.tokenDigest = sha256(config.apiToken);
  }

  /** Attaches the actor to the request. Refuses with 11.006, or 90.403 for an unknown impersonated person. */
  identify(request: FastifyRequest): Actor {
    const actor = this.byApiToken(request) ?? this.byMasterToken(request) ?? this.bySession(request);
    if (actor === undefined) throw new Refusal('invalidApiToken');
    (request as Carrying)[ACTOR] = actor;
    return actor;
  }

  private byApiToken(request: FastifyRequest): Actor | undefined {
    const token = headerOf(request, profile.headers.apiToken);
    if (token === undefined) return undefined;
    if (!timingSafeEqual(sha256(token), this.tokenDigest)) throw new Refusal('invalidApiToken');
    return { kind: 'token', clientUserId: null, isHr: true };
  }

  private byMasterToken(request: FastifyRequest): Actor | undefined {
    const token = headerOf(request, profile.headers.masterToken);
    if (token === undefined) return undefined;
    if (!this.masterTokens.isValid(token)) throw new Refusal('invalidApiToken');
    const id = headerOf(request, profile.headers.impersonatedUserId) ?? '';
    const type = headerOf(request, profile.headers.impersonatedUserIdType) ?? '';
    const isExternal = readLiteral(profile, 'impersonationIdType', type) !== 'HRLINK_ID';
    const user = isExternal ? this.users.byExternalId(id) : this.users.byId(id);
    if (user === undefined) throw new Refusal('impersonatedUserUnknown');
    return this.person('impersonated', user);
  }

  private bySession(request: FastifyRequest): Actor | undefined {
    const sessionId = sessionIdOf(request);
    const session = sessionId === undefined ? undefined : this.logins.resume(sessionId);
    const user = session === undefined ? undefined : this.users.byId(session.clientUserId);
    return user === undefined ? undefined : this.person('session', user);
  }

  private person(kind: 'session' | 'impersonated', user: ClientUser): Actor {
    return { kind, clientUserId: user.id, isHr: user.isAdmin || this.people.hasRole(user.id, HR_ROLE_ID) };
  }
}

/** Session id of the Cookie header, or undefined. */
export function sessionIdOf(request: FastifyRequest): string | undefined {
  const name = profile.headers.sessionCookie;
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** Set-Cookie value that carries a session. */
export function sessionCookie(sessionId: string): string {
  return `${profile.headers.sessionCookie}=${sessionId}; Path=/; HttpOnly; SameSite=Lax`;
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
