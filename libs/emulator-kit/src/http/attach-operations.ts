import { Req, Res } from '@nestjs/common';
import { INTERCEPTORS_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { currentExchangeFactory } from './current-exchange.js';
import { exchangeInterceptor } from './exchange.interceptor.js';
import { exchangesOf } from './http-exchanges.js';
import type { OperationMetadata } from './operation.decorator.js';

type Handler = (this: unknown, ...args: unknown[]) => unknown;
type Prototype = Record<string, Handler>;
interface RouteArgument {
  readonly index: number;
  readonly factory?: unknown;
  readonly pipes?: readonly unknown[];
}

const ATTACHED = Symbol('attached');

/**
 * Puts the exchange around a controller method, before the framework registers its routes. The framework's own interceptors cost as much as
 * the whole call, so a method is wrapped directly unless its controller has interceptors or parameters that must run inside the exchange.
 */
export function attachOperation(controller: { prototype: object }, name: string, meta: OperationMetadata): void {
  const prototype = controller.prototype as Prototype;
  const handler = prototype[name]!;
  if (ATTACHED in handler) return;
  const args = argumentsOf(controller, name);
  if (hasInterceptors(controller, handler) || args.some(runsCode)) intercept(controller);
  else
    prototype[name] = wrapped(prototype, {
      name,
      meta,
      handler,
      count: Math.max(-1, ...args.map(({ index }) => index)) + 1,
    });
}

function argumentsOf(controller: object, name: string): readonly RouteArgument[] {
  return Object.values(
    (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<string, RouteArgument>,
  );
}

/** A parameter that is more than a look at the request may fail, and its failure is the exchange's. */
function runsCode({ factory, pipes = [] }: RouteArgument): boolean {
  return pipes.length > 0 || (factory !== undefined && factory !== currentExchangeFactory);
}

function interceptorsOf(target: object): readonly unknown[] {
  return (Reflect.getMetadata(INTERCEPTORS_METADATA, target) ?? []) as readonly unknown[];
}

function hasInterceptors(controller: object, handler: object): boolean {
  const others = interceptorsOf(controller).filter((interceptor) => interceptor !== exchangeInterceptor);
  return others.length > 0 || interceptorsOf(handler).length > 0;
}

/** The exchange goes around all other interceptors of the class and of its methods. */
function intercept(controller: object): void {
  const others = interceptorsOf(controller);
  if (others.includes(exchangeInterceptor)) return;
  Reflect.defineMetadata(INTERCEPTORS_METADATA, [exchangeInterceptor, ...others], controller);
}

function wrapped(
  prototype: Prototype,
  { name, meta, handler, count }: { name: string; meta: OperationMetadata; handler: Handler; count: number },
): Handler {
  // Two more parameters bring the call itself, and tell the framework that the method writes the reply.
  Req()(prototype, name, count);
  Res()(prototype, name, count + 1);
  const wrapper: Handler = function (...args) {
    const [request, reply] = [args[count], args[count + 1]] as [FastifyRequest | undefined, FastifyReply | undefined];
    // Somebody calls the method itself, a test say.
    if (request === undefined || reply === undefined) return handler.apply(this, args);
    return exchangesOf(request).answer(meta, { request, reply }, () => handler.apply(this, args.slice(0, count)));
  };
  for (const key of Reflect.getMetadataKeys(handler)) {
    Reflect.defineMetadata(key, Reflect.getMetadata(key, handler), wrapper);
  }
  return Object.defineProperties(wrapper, { name: { value: name }, [ATTACHED]: { value: true } });
}
