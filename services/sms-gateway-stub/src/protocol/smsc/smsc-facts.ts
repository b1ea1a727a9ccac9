import { defaultPopulation, normalisePhone, subjectKey } from '@poligon/people';
import type { FastifyRequest } from 'fastify';
import { smscParameters, type SmscParameters } from './smsc-parameters.codec.js';

const PARSED = Symbol('smsc parameters');
type Parsed = FastifyRequest & { [PARSED]?: SmscParameters };

/** Parameters of the call, parsed once. */
function parametersOf(request: FastifyRequest): SmscParameters {
  return ((request as Parsed)[PARSED] ??= smscParameters(request));
}

/** The person behind the first phone of the call. */
export function smscSubject(request: FastifyRequest): string | undefined {
  const parameters = parametersOf(request);
  const given = parameters.get('phones') ?? parameters.get('phone') ?? parameters.get('list')?.split(':', 1)[0];
  const phone = given === undefined ? undefined : normalisePhone(given.split(/[,;]/, 1)[0]!);
  const index = phone === undefined ? undefined : defaultPopulation.indexByPhone(phone);
  return index === undefined ? phone : subjectKey(index);
}

/** The account that calls. */
export function smscClient(request: FastifyRequest): string | undefined {
  return parametersOf(request).get('login');
}

/** Parameters by name, without secrets. */
export function smscFacts(request: FastifyRequest): unknown {
  const secret = new Set(['psw', 'apikey']);
  return Object.fromEntries([...parametersOf(request)].filter(([name]) => !secret.has(name)));
}
