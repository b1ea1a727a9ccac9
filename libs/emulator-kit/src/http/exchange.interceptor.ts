import { type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, NEVER, type Observable } from 'rxjs';
import { exchangesOf } from './http-exchanges.js';
import { OPERATION, type OperationMetadata } from './operation.decorator.js';

/** Makes a call to an `@Operation` an exchange around the interceptors of its controller. It has no state: one serves every emulator. */
class ExchangeInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const operation = Reflect.getMetadata(OPERATION, execution.getHandler()) as OperationMetadata | undefined;
    if (operation === undefined) return next.handle();
    const http = execution.switchToHttp();
    const call = { request: http.getRequest<FastifyRequest>(), reply: http.getResponse<FastifyReply>() };
    const domain = () => lastValueFrom(next.handle(), { defaultValue: undefined });
    void exchangesOf(call.request).answer(operation, call, domain);
    // The reply is written by the exchange, byte for byte; the framework must not write another.
    return NEVER;
  }
}

export const exchangeInterceptor: NestInterceptor = new ExchangeInterceptor();
