import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Exchange } from '../exchange/exchange.js';
import { exchangeOfRequest } from './exchange-of-request.js';
import { OPERATION, type OperationMetadata } from './operation.decorator.js';

/** Finds the exchange for a controller method's parameter; told apart from other parameter factories by identity. */
export function currentExchangeFactory(_: unknown, context: ExecutionContext): Exchange | undefined {
  const meta = Reflect.getMetadata(OPERATION, context.getHandler()) as OperationMetadata | undefined;
  return meta === undefined ? undefined : exchangeOfRequest(meta, context.switchToHttp().getRequest<FastifyRequest>());
}

/** Injects the exchange into a controller method decorated with `@Operation`. */
export const CurrentExchange = createParamDecorator(currentExchangeFactory);
