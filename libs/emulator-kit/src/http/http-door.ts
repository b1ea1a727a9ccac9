import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CommonConfig } from '../runtime/settings.js';
import type { Clock } from '../runtime/clock.js';
import { RouteTable } from './route-table.js';

const RECEIVED_AT = Symbol('received at');
type Timed = FastifyRequest & { [RECEIVED_AT]?: number };

/** Monotonic time the request line was parsed, milliseconds. */
export function receivedAtMs(request: FastifyRequest): number {
  return (request as Timed)[RECEIVED_AT] ?? 0;
}

/** An HTTP listener and the list of its routes. */
export interface HttpDoor {
  readonly adapter: FastifyAdapter;
  readonly routes: RouteTable;
  /** From now on every reply asks the client to connect anew: somebody else will take its next call. */
  readonly drain: () => void;
}

/**
 * Makes the HTTP side of a door. JSON bodies may be empty although announced; bodies of unknown types arrive as bytes and are the
 * protocol's to judge.
 */
export function openHttpDoor(config: Pick<CommonConfig, 'maxBodyBytes'>, clock: Clock): HttpDoor {
  const adapter = new FastifyAdapter({
    bodyLimit: config.maxBodyBytes,
    trustProxy: true,
    forceCloseConnections: 'idle',
    // A call that comes over an open connection while the process stops is answered like any other.
    return503OnClosing: false,
    // The real systems stand behind web servers that merge slashes.
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 500 },
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  const routes = new RouteTable();
  fastify.addHook('onRoute', ({ method, url }) => routes.add(method, url));
  let isDraining = false;
  fastify.addHook('onRequest', (request, reply, done) => {
    (request as Timed)[RECEIVED_AT] = clock.monotonicMs();
    if (isDraining) reply.raw.shouldKeepAlive = false;
    done();
  });
  addParsers(fastify);
  return { adapter, routes, drain: () => void (isDraining = true) };
}

function addParsers(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('remove', 'remove');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parseJson(request, body as string, done);
  });
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
