import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { mutated } from '../mutation.js';

/** A call of a browser or of a careless program to any other door. */
export interface PageCase {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  readonly url: string;
  readonly type: string;
  readonly body: Buffer;
  readonly cookie: string;
}

const URLS = [
  '/login',
  '/aas/oauth2/consent',
  '/idp/ext/Logout?client_id=FUZZ&redirect_url=https%3A%2F%2Fa.test%2F',
  '/rs/prns/1000000000/ctts?embed=(elements)',
  '/rs/orgs/1800000000/emps/1/grps',
  '/public/esia.zip',
  '/oidc/userinfo',
  '/.well-known/openid-configuration',
  '/',
].map((url) => Buffer.from(url));
const BODIES = ['login=79430000001&password=x', 'decision=allow&role=person', '{"a":[1]}'].map((body) =>
  Buffer.from(body),
);

function target(bytes: Buffer): string {
  const text = bytes.toString('latin1').replace(/[^!-~]/g, '_');
  const path = text.startsWith('/') ? text : `/${text}`;
  // The injector reads it as a URL first, which a listener does not.
  return URL.canParse(path, 'http://localhost') ? path : '/';
}

export const pageCase: fc.Arbitrary<PageCase> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD'),
  url: mutated(URLS).map(target),
  type: fc.constantFrom('application/x-www-form-urlencoded', 'application/json', 'text/plain'),
  body: mutated(BODIES),
  cookie: fc.string({ maxLength: 80 }).map((text) => `esia_pending=${text.replace(/[^ -~]/g, '')}; poligon-person=1`),
});

/** Makes the call; none may end in a failure of the server itself. */
export async function runPageCase(
  fastify: FastifyInstance,
  { method, url, type, body, cookie }: PageCase,
): Promise<void> {
  const hasBody = method === 'POST' || method === 'PUT';
  const reply = await fastify.inject({
    method,
    url,
    headers: { cookie, ...(hasBody ? { 'content-type': type } : {}) },
    ...(hasBody ? { payload: body } : {}),
  });
  if (reply.statusCode >= 500) throw new Error(`status ${reply.statusCode}: ${reply.body.slice(0, 200)}`);
}
