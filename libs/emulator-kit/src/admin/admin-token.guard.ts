import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { CONFIG } from '../runtime/emulator.js';
import type { CommonConfig } from '../runtime/settings.js';
import { AdminError } from './admin-error.js';

const OPEN_ROUTES: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** Lets a call through when no token is configured, or when the bearer token equals it (compared in constant time). */
@Injectable()
export class AdminTokenGuard implements CanActivate {
  private readonly expected: Buffer | undefined;

  constructor(@Inject(CONFIG) { adminToken }: CommonConfig) {
    this.expected = adminToken === undefined ? undefined : digest(adminToken);
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.expected === undefined) return fromThisMachine(request);
    // Probes and scrapers carry no token and learn nothing secret. The route decides, not the text of the URL: `//__admin` leads to the
    // same place as `/__admin`.
    if (OPEN_ROUTES.has(request.routeOptions.url ?? '')) return true;
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme?.toLowerCase() === 'bearer' && token !== undefined && timingSafeEqual(digest(token), this.expected))
      return true;
    throw new AdminError(401, 'bearer token required');
  }
}

/** Without a token the door serves this machine only: a page of a stranger, open in a browser here, is not this machine. */
function fromThisMachine({ headers }: FastifyRequest): true {
  const { origin } = headers;
  const isForeign = headers['sec-fetch-site'] === 'cross-site' || (origin !== undefined && !isLoopback(origin));
  if (isForeign)
    throw new AdminError(403, 'a page of another site may not use the admin door; set ADMIN_TOKEN to open it');
  return true;
}

function isLoopback(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
