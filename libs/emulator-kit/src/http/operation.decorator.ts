import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Metadata key of the operation a controller method answers. */
export const OPERATION = Symbol('operation');

/** How an HTTP call is described to faults, journal and spans. All functions get the parsed request and must not throw on bad input. */
export interface OperationOptions {
  /** One line for engineers. */
  readonly about: string;
  /** Subject key of the person concerned, e.g. from a phone in the body. */
  readonly subject?: (request: FastifyRequest) => string | undefined;
  /** The caller's identity in its protocol. */
  readonly client?: (request: FastifyRequest) => string | undefined;
  /** What tells a call from the subject's others whatever their order, e.g. a document number; see `ExchangeFacts.callKey`. */
  readonly callKey?: (request: FastifyRequest) => string | undefined;
  /** Protocol values that rule conditions may name by path. */
  readonly facts?: (request: FastifyRequest) => unknown;
  /** Picks a finer operation name when one route carries several; returns one of `also`. */
  readonly refine?: (request: FastifyRequest) => string | undefined;
  /** Further operation names this method may answer. */
  readonly also?: readonly string[];
  /** What the journal keeps in place of the body, when the body holds a secret such as a one-time code. */
  readonly journalBody?: (request: FastifyRequest) => unknown;
}

export interface OperationMetadata extends OperationOptions {
  readonly operation: string;
}

/** Names the operation a controller method answers: `<protocol>.<operation>`, the protocol being that of an error catalogue. */
export const Operation = (operation: string, options: OperationOptions): MethodDecorator =>
  SetMetadata(OPERATION, { operation, ...options } satisfies OperationMetadata);

/** Value at a dotted path of plain data; undefined where the path breaks. */
export function valueAt(data: unknown, path: string): unknown {
  let current = data;
  for (const key of keysOf(path)) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}

/** Paths come from rules, so there are few of them; each is split once. */
const MAX_SPLIT_PATHS = 1000;
const splitPaths = new Map<string, readonly string[]>();

function keysOf(path: string): readonly string[] {
  let keys = splitPaths.get(path);
  if (keys === undefined) {
    if (splitPaths.size >= MAX_SPLIT_PATHS) splitPaths.clear();
    splitPaths.set(path, (keys = path.split('.')));
  }
  return keys;
}
