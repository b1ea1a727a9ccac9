import type { FastifyRequest } from 'fastify';

const RAW = Symbol('raw body');
type WithRaw = FastifyRequest & { [RAW]?: string };

/** Longest request line that the journal keeps whole. */
const MAX_URL = 2048;

/** Remembers the text a body was parsed from, so that the journal need not print it again. */
export function keepRawBody(request: FastifyRequest, text: string): void {
  (request as WithRaw)[RAW] = text;
}

/** What the journal keeps of a request's body, at most `limitBytes` of it. */
export function requestExcerpt(request: FastifyRequest, limitBytes: number): unknown {
  return excerpt((request as WithRaw)[RAW] ?? request.body, limitBytes);
}

/** Text cut to the limit, binary as its size when it is larger; nothing kept refers to the whole body. */
export function excerpt(body: unknown, limitBytes: number): unknown {
  if (body === undefined || body === null || limitBytes === 0) return undefined;
  if (Buffer.isBuffer(body)) return body.length <= limitBytes ? body.toString('utf8') : `${body.length} bytes`;
  const text = typeof body === 'string' ? body : printed(body);
  return text.length <= limitBytes ? text : `${flatCopy(text, limitBytes)}...`;
}

/** The path and query as the journal keeps them. */
export function urlExcerpt(url: string): string {
  return url.length <= MAX_URL ? url : `${flatCopy(url, MAX_URL)}...`;
}

/** A slice of a string refers to the whole of it; a copy by way of bytes does not. */
export function flatCopy(text: string, length: number): string {
  return Buffer.from(text.slice(0, length), 'utf8').toString('utf8');
}

function printed(body: unknown): string {
  try {
    return JSON.stringify(body) ?? '';
  } catch {
    // Nested too deep to print, or cyclic: the call itself may still be a good one.
    return '(not printable)';
  }
}
