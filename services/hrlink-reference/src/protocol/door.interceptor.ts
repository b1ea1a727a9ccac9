import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { CONFIG, ProtocolError } from '@poligon/emulator-kit';
import type { HrlinkOperation } from '@poligon/hrlink-api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, defer, from, mergeMap, type Observable, throwError } from 'rxjs';
import type { Config } from '../config.js';
import { type Access, requireAccess } from '../domain/actor.js';
import { PoolOverload } from '../domain/capacity-pool.js';
import type { PoolName } from '../domain/pool-settings.js';
import { Refusal } from '../domain/refusal.js';
import { Capacity } from '../flow/capacity.js';
import { Authentication } from './caller.js';

/** Metadata key of a route's rules. */
export const ROUTE_RULES = Symbol('route rules');

interface RouteRules {
  readonly op: HrlinkOperation;
  readonly access: Access;
  readonly pool: PoolName | 'none' | 'registry';
}

/** The way into every operation: who is it, is the tenant right, is there capacity; refusals become catalogue errors. */
@Injectable()
export class DoorInterceptor implements NestInterceptor {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly authentication: Authentication,
    private readonly capacity: Capacity,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const rules = Reflect.getMetadata(ROUTE_RULES, context.getHandler()) as RouteRules;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return defer(() => from(this.enter(rules, request))).pipe(
      mergeMap(() => next.handle()),
      catchError((error: unknown) => throwError(() => this.translate(error, context))),
    );
  }

  private async enter(rules: RouteRules, request: FastifyRequest): Promise<void> {
    if (rules.access !== 'public') requireAccess(this.authentication.identify(request), rules.access);
    const { clientId } = request.params as { clientId?: string };
    if (clientId !== undefined && clientId !== this.config.clientId)
      throw new Refusal('notFound', { object: 'client' });
    const pool = rules.pool === 'registry' ? (this.config.isPollShared ? 'write' : 'read') : rules.pool;
    if (pool !== 'none') await this.capacity.serve(pool);
  }

  private translate(error: unknown, context: ExecutionContext): unknown {
    if (error instanceof Refusal) return new ProtocolError(error.refusal, error.data);
    if (!(error instanceof PoolOverload)) return error;
    // A reset is a cut connection, not an answer: what the kit writes afterwards reaches nobody.
    if (error.mode === 'reset') context.switchToHttp().getResponse<FastifyReply>().raw.socket?.resetAndDestroy();
    return new ProtocolError('overload', { pool: error.pool, retryAfterSeconds: error.retryAfterSeconds });
  }
}
