import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Exchange } from '../exchange/exchange.js';

const EXCHANGE = Symbol('exchange');
type Carrying = FastifyRequest & { [EXCHANGE]?: Exchange };

/** Attaches the exchange of a call, so that its controller can read hints of faults. */
export function attachExchange(request: FastifyRequest, exchange: Exchange): void {
  (request as Carrying)[EXCHANGE] = exchange;
}

/** Injects the exchange into a controller method decorated with `@Operation`. */
export const CurrentExchange = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<Carrying>()[EXCHANGE],
);
