import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Who makes an admin call: the name it gives in `?by=`, else its address. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const by = (request.query as Record<string, unknown>)['by'];
  return typeof by === 'string' && by !== '' ? by.slice(0, 100) : request.ip;
});
