import type { FastifyRequest } from 'fastify';
import { loginOf } from '../http/web-service-door.js';
import { decodedText } from './query-options.js';

const SERVICE = /^\/[^/]*\/+odata\/+standard\.odata\/*/;

/** Name of the object a call is about, for fault rules: `set` is `Catalog_Сотрудники`. */
export function odataFacts(request: FastifyRequest): { readonly set: string } {
  const path = decodedText((request.raw.url ?? request.url).split('?', 1)[0]!.replace(SERVICE, '')) ?? '';
  return { set: /^[\p{L}\d_$]*/u.exec(path)?.[0] ?? '' };
}

/** What all operations of the standard interface have in common. */
export const odataOperation = { client: loginOf, facts: odataFacts } as const;

/** Finer names of a GET by what its path names. */
export const GET_OPERATIONS = ['odata.metadata', 'odata.service', 'odata.count', 'odata.virtual-table', 'odata.entity'];

export function getOperation(request: FastifyRequest): string | undefined {
  const path = decodedText((request.raw.url ?? request.url).split('?', 1)[0]!.replace(SERVICE, '')) ?? '';
  if (path === '') return 'odata.service';
  if (path.startsWith('$metadata')) return 'odata.metadata';
  if (path.endsWith('/$count')) return 'odata.count';
  if (/\/(SliceLast|SliceFirst|Balance|Turnovers|BalanceAndTurnovers)(\(.*)?$/s.test(path))
    return 'odata.virtual-table';
  return /^[^(/]+\([^)]/.test(path) ? 'odata.entity' : undefined;
}
