import type { Attributes } from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';

/** Longest path a span carries; a caller may send any length. */
const MAX_PATH = 200;

/** An HTTP exchange in the words of the semantic conventions for HTTP server spans (stable, v1.23). */
export function httpAttributes({ method, url, routeOptions }: FastifyRequest, status: number): Attributes {
  const query = url.indexOf('?');
  const path = query === -1 ? url : url.slice(0, query);
  const attributes: Attributes = { 'http.request.method': method, 'url.path': path.slice(0, MAX_PATH) };
  const { url: route } = routeOptions;
  if (route !== undefined) attributes['http.route'] = route;
  // 0: the connection ended without a status line.
  if (status > 0) attributes['http.response.status_code'] = status;
  return attributes;
}
