import type { FastifyRequest } from 'fastify';
import type { FailedCall } from '../exchange/error-catalogue.js';

/** What error catalogues see of an HTTP request. */
export function failedCall(request: FastifyRequest, operation?: string): FailedCall {
  return {
    method: request.method,
    url: request.raw.url ?? request.url,
    header: (name) => {
      const found = request.headers[name.toLowerCase()];
      return Array.isArray(found) ? found[0] : found;
    },
    body: request.body,
    operation,
  };
}
