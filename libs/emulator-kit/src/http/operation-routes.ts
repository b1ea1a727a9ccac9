import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { OperationRoute } from './nearest-route.js';

/** Routes of one controller method, as the framework will register them. */
export function routesOf(controller: object, handler: object, operation: string): readonly OperationRoute[] {
  const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
  if (method === undefined) return [];
  return pathsOf(controller).flatMap((prefix) =>
    pathsOf(handler).map((path) => ({ operation, method: RequestMethod[method], path: `/${prefix}/${path}` })),
  );
}

function pathsOf(target: object): readonly string[] {
  const paths = Reflect.getMetadata(PATH_METADATA, target) as string | readonly string[] | undefined;
  return [paths ?? ''].flat();
}
