import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { mutated } from '../mutation.js';
import { HTTP_CAPTURES, type HttpCapture } from './http-captures.js';

/** A call to make: headers and URL as far as a listener could receive them. */
export interface HttpCase {
  readonly method: HttpCapture['method'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=b',
  'text/plain',
  '',
];

/** Octets an HTTP parser lets into a request target. */
function target(bytes: Buffer): string {
  const text = bytes.toString('latin1').replace(/[^!-~]/g, '_');
  const path = text.startsWith('/') ? text : `/${text}`;
  // The injector reads it as a URL first, which a listener does not.
  return URL.canParse(path, 'http://localhost') ? path : '/';
}

function caseOf(capture: HttpCapture): fc.Arbitrary<HttpCase> {
  const body = fc.oneof(
    { arbitrary: mutated([Buffer.from(capture.body)]), weight: 6 },
    fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  );
  const url = fc.oneof(
    { arbitrary: fc.constant(capture.url), weight: 2 },
    mutated([Buffer.from(capture.url)]).map(target),
  );
  const type = fc.oneof(
    { arbitrary: fc.constant(capture.headers['content-type'] ?? ''), weight: 4 },
    fc.constantFrom(...TYPES),
  );
  return fc.record({ body, url, type }).map(({ body: bytes, url: path, type: contentType }) => ({
    method: capture.method,
    url: path,
    headers: { ...capture.headers, 'content-type': contentType === '' ? 'application/octet-stream' : contentType },
    body: capture.method === 'GET' ? Buffer.alloc(0) : bytes,
  }));
}

export const httpCase: fc.Arbitrary<HttpCase> = fc.constantFrom(...HTTP_CAPTURES).chain(caseOf);

/** Makes the call and judges the answer: none may be a server's own failure. */
export async function runHttpCase(fastify: FastifyInstance, { method, url, headers, body }: HttpCase): Promise<void> {
  const reply = await fastify.inject({ method, url, headers, payload: body });
  if (reply.statusCode >= 500) throw new Error(`status ${reply.statusCode}: ${reply.body.slice(0, 200)}`);
}
