import { applyDecorators, RequestMapping, RequestMethod, SetMetadata, UseInterceptors } from '@nestjs/common';
import { Operation, type OperationOptions } from '@poligon/emulator-kit';
import { type HrlinkOperation, routePattern } from '@poligon/hrlink-api';
import { profile } from '../config.js';
import type { Access } from '../domain/actor.js';
import type { PoolName } from '../domain/pool-settings.js';
import { DoorInterceptor, ROUTE_RULES } from './door.interceptor.js';

export interface RouteOptions extends OperationOptions {
  /** Who may call; `hr` when omitted. */
  readonly access?: Access;
  /** The pool that serves the call; `read` for GET and `write` otherwise when omitted. */
  readonly pool?: PoolName | 'none' | 'registry';
}

/**
 * Makes a controller method answer an operation: method and path come from the path profile, access and capacity from
 * the options, the operation name in journals and fault rules is `hrlink.<operation>`.
 */
export function HrlinkRoute(op: HrlinkOperation, options: RouteOptions): MethodDecorator {
  const { method } = profile.operations[op];
  const { access = 'hr', pool = method === 'GET' ? 'read' : 'write', ...operation } = options;
  return applyDecorators(
    RequestMapping({ method: RequestMethod[method], path: routePattern(profile, op) }),
    Operation(`hrlink.${op}`, operation),
    SetMetadata(ROUTE_RULES, { op, access, pool }),
    UseInterceptors(DoorInterceptor),
  );
}
