import type { FastifyRequest } from 'fastify';

/** Value of one cookie of a request, percent-decoded when it can be. */
export function cookieOf(request: FastifyRequest, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return decoded(pair.slice(at + 1).trim());
  }
  return undefined;
}

/** `Set-Cookie` of a cookie scripts cannot read. A life of 0 removes it; an undefined one ends with the browser. */
export function setCookie(name: string, value: string, isSecure: boolean, lifeS?: number): string {
  const age = lifeS === undefined ? '' : `; Max-Age=${lifeS}`;
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}${age}`;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
