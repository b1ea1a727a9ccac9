import type { FastifyRequest } from 'fastify';
import { Exchange } from '../exchange/exchange.js';
import { receivedAtMs } from './http-door.js';
import { valueAt, type OperationMetadata } from './operation.decorator.js';

const EXCHANGE = Symbol('exchange');
type Carrying = FastifyRequest & { [EXCHANGE]?: Exchange };

/** The exchange of a call; made when it is first asked for. */
export function exchangeOfRequest(meta: OperationMetadata, request: FastifyRequest): Exchange {
  return ((request as Carrying)[EXCHANGE] ??= makeExchange(meta, request));
}

function makeExchange(meta: OperationMetadata, request: FastifyRequest): Exchange {
  return new Exchange({
    operation: meta.refine?.(request) ?? meta.operation,
    subject: meta.subject?.(request),
    client: meta.client?.(request),
    callKey: meta.callKey?.(request),
    receivedAtMs: receivedAtMs(request),
    lookup: factsLookup(meta, request),
  });
}

/** Facts are worked out once per exchange, and only when a rule asks. */
function factsLookup({ facts }: OperationMetadata, request: FastifyRequest): (path: string) => unknown {
  if (facts === undefined) return (path) => valueAt(request.body, path);
  let known: unknown;
  return (path) => valueAt((known ??= facts(request)), path);
}
