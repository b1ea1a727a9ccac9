import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { mutated } from '../mutation.js';

/** A bearer token after mutation. */
export interface TokenCase {
  readonly honest: string;
  readonly token: string;
}

const PRINTABLE = /[^!-~]/g;

function tokenOf(honest: string): fc.Arbitrary<string> {
  const parts = honest.split('.');
  const part = fc
    .tuple(fc.nat(2), mutated(parts.map((one) => Buffer.from(one, 'base64url'))))
    .map(([at, bytes]) => parts.map((one, place) => (place === at ? bytes.toString('base64url') : one)).join('.'));
  const forged = fc
    .tuple(fc.constantFrom('none', 'HS256', 'RS256', 'GOST3410_2012_256'), fc.json())
    .map(([alg, json]) => {
      const header = Buffer.from(JSON.stringify({ ver: 1, typ: 'JWT', sbt: 'access', alg })).toString('base64url');
      return [header, Buffer.from(json).toString('base64url'), parts[2]].join('.');
    });
  const bytes = mutated([Buffer.from(honest)]).map((one) => one.toString('latin1').replace(PRINTABLE, ''));
  return fc.oneof(part, forged, bytes);
}

export const tokenCase = (tokens: readonly string[]): fc.Arbitrary<TokenCase> =>
  fc.constantFrom(...tokens).chain((honest) => tokenOf(honest).map((token) => ({ honest, token })));

/** Asks for personal data; only the very header and claims that were signed may open it. */
export async function runTokenCase(
  fastify: FastifyInstance,
  path: string,
  { honest, token }: TokenCase,
): Promise<void> {
  const reply = await fastify.inject({ method: 'GET', url: path, headers: { authorization: `Bearer ${token}` } });
  if (reply.statusCode >= 500) throw new Error(`status ${reply.statusCode}: ${reply.body.slice(0, 200)}`);
  const covered = (text: string): string => text.slice(0, text.lastIndexOf('.'));
  if (reply.statusCode === 200 && covered(token) !== covered(honest)) throw new Error('a forged token was accepted');
}
