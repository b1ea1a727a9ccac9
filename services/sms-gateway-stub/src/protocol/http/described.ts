import type { FastifyRequest } from 'fastify';
import { subjectOf } from '../../domain/phone.js';
import { basicCredentials } from '../../flow/doorkeeper.js';
import { bodyOf } from './json-body.js';

type PhoneOf = (request: FastifyRequest) => string | undefined;

/** Names of fields that must not be seen in rules, journal or spans. */
const SECRET = /pass|psw|key|token|api_id/i;

/** How calls of a dialect are described: the person, the account by its Basic login, the host, the body without secrets. */
export function described(phoneOf: PhoneOf, clientOf: PhoneOf = basicLogin) {
  return {
    subject: (request: FastifyRequest) => subjectOf(safely(phoneOf, request)?.split(',', 1)[0]),
    client: (request: FastifyRequest) => safely(clientOf, request),
    facts: (request: FastifyRequest): unknown => {
      const body = bodyOf(request);
      const host = request.hostname;
      if (typeof body !== 'object' || body === null) return { host };
      return { ...Object.fromEntries(Object.entries(body).filter(([name]) => !SECRET.test(name))), host };
    },
  };
}

function basicLogin(request: FastifyRequest): string | undefined {
  return basicCredentials(request.headers.authorization)?.login;
}

/** Descriptions must not fail on input that the call itself will refuse. */
function safely(read: PhoneOf, request: FastifyRequest): string | undefined {
  try {
    return read(request);
  } catch {
    return undefined;
  }
}
