import type { IncomingMessage } from 'node:http';

/** `//a///b/?q` becomes `/a/b?q`: clients of ESIA double slashes and append one, and the real system does not mind. */
export function tolerantPath(url: string): string {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  const single = path.replace(/\/{2,}/g, '/');
  const trimmed = single.length > 1 && single.endsWith('/') ? single.slice(0, -1) : single;
  return at < 0 ? trimmed : trimmed + url.slice(at);
}

/** Listener to put before the router's. */
export function tolerateSlashes(request: IncomingMessage & { originalUrl?: string }): void {
  const url = request.url ?? '/';
  const tolerant = tolerantPath(url);
  if (tolerant === url) return;
  request.originalUrl = url;
  request.url = tolerant;
}
