import type { Exchange } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { cookieOf } from '../cookies.codec.js';

/** One call of a browser. */
export interface Visit {
  readonly request: FastifyRequest;
  readonly exchange: Exchange;
}

/** Cookie of the authorization request that awaits login: `/login` has no query. */
export const PENDING_COOKIE = 'esia_pending';
/** Cookie of the SSO session. */
export const SESSION_COOKIE = 'esia_session';

export const LOGIN_PATH = '/login';
export const CONSENT_PATH = '/aas/oauth2/consent';

export const pendingIdOf = ({ request }: Visit): string => cookieOf(request, PENDING_COOKIE) ?? '';
export const sessionIdOf = ({ request }: Visit): string => cookieOf(request, SESSION_COOKIE) ?? '';
