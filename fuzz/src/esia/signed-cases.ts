import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { mutated } from '../mutation.js';
import type { SignedRequest } from './honest-client.js';

/** A signed request after mutation. */
export interface SignedCase {
  readonly origin: SignedRequest;
  /** Query or form as text an HTTP parser lets through. */
  readonly text: string;
}

const FORM = 'application/x-www-form-urlencoded';
/** Fields in the order each generation signs them; those absent count as empty. */
const SIGNED_FIELDS = {
  v1: ['scope', 'timestamp', 'client_id', 'state'],
  v3: ['client_id', 'scope', 'scope_org', 'timestamp', 'state', 'redirect_uri'],
};

/** Parameters honest requests leave out. */
const OPTIONAL_FIELDS = [
  ...['scope_org', 'permissions', 'code_challenge', 'code_challenge_method', 'code_verifier', 'roles', 'obj_type'],
  ...['person_filter', 'display', 'prompt', 'nonce', 'code', 'refresh_token', 'access_type'],
];

const nasty = fc.oneof(
  fc.string({ maxLength: 60, unit: 'binary' }),
  // Names that every object has: a table looked up without care answers them.
  fc.constantFrom('valueOf', 'constructor', '__proto__', 'toString'),
  fc.constantFrom('', ' ', '\u0000', '%', '../', "'", '<script>', '💥', 'openid', 'x'.repeat(5000)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
);

/** One value replaced, removed or repeated, or bytes of the whole changed. */
function textOf({ fields }: SignedRequest): fc.Arbitrary<string> {
  const honest = new URLSearchParams(fields);
  const name = fc.constantFrom(...Object.keys(fields), ...OPTIONAL_FIELDS);
  const changed = fc.tuple(name, nasty).map(([key, value]) => {
    const copy = new URLSearchParams(honest);
    copy.set(key, value);
    return copy.toString();
  });
  const secret = mutated([Buffer.from(fields['client_secret']!, 'base64url')]).map((bytes) => {
    const copy = new URLSearchParams(honest);
    copy.set('client_secret', bytes.toString('base64url'));
    return copy.toString();
  });
  const removed = name.map((key) => {
    const copy = new URLSearchParams(honest);
    copy.delete(key);
    return copy.toString();
  });
  const bytes = mutated([Buffer.from(honest.toString())]).map((one) => one.toString('latin1').replace(/[^!-~]/g, '_'));
  return fc.oneof({ arbitrary: changed, weight: 4 }, { arbitrary: secret, weight: 3 }, removed, bytes);
}

export const signedCase = (requests: readonly SignedRequest[]): fc.Arbitrary<SignedCase> =>
  fc.constantFrom(...requests).chain((origin) => textOf(origin).map((text) => ({ origin, text })));

/** Sends the request; an answer of success needs the very string that was signed. */
export async function runSignedCase(fastify: FastifyInstance, { origin, text }: SignedCase): Promise<void> {
  const { path, method, generation, signed } = origin;
  const reply =
    method === 'GET'
      ? await fastify.inject({ method, url: `${path}?${text}` })
      : await fastify.inject({ method, url: path, payload: text, headers: { 'content-type': FORM } });
  if (reply.statusCode >= 500) throw new Error(`status ${reply.statusCode}: ${reply.body.slice(0, 200)}`);
  const isAccepted = method === 'GET' ? String(reply.headers['location']).endsWith('/login') : reply.statusCode === 200;
  if (!isAccepted) return;
  const sent = new URLSearchParams(text);
  const covered = SIGNED_FIELDS[generation].map((field) => sent.get(field) ?? '').join('');
  if (covered !== signed) throw new Error(`a wrong signature was accepted: ${covered}`);
}
