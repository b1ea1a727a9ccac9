import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import type { CaConfig } from '../../config.js';
import { Refusal } from '../../domain/refusal.js';
import { isSameSecret } from '../credentials.js';

/** Lets only calls with the key in `X-Api-Key` through; inside the exchange, so that faults and journal see refused calls too. */
@Injectable()
export class KonturKeyInterceptor implements NestInterceptor {
  constructor(@Inject(CONFIG) private readonly config: Pick<CaConfig, 'konturApiKey'>) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const key = context.switchToHttp().getRequest<FastifyRequest>().headers['x-api-key'];
    if (typeof key === 'string' && isSameSecret(key, this.config.konturApiKey)) return next.handle();
    throw new Refusal('unauthorized', 'Требуется действительный ключ доступа');
  }
}
