import type { FastifyInstance } from 'fastify';

/**
 * Parses JSON bodies without keeping their text: the journal then shows the parsed body, from which one-time codes and
 * passwords have been taken out (spec section 7, 9). An announced but empty body is none.
 */
export function registerJsonBody(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('remove', 'remove');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parseJson(request, body as string, done);
  });
}
