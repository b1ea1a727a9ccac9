import type { FastifyRequest } from 'fastify';
import { decodedText, queryOptions } from './query-options.js';
import { odataFailure } from './odata-failure.js';
import { representationOf, type Representation } from './representation.js';

/** What every answer of the standard interface depends on. */
export interface ODataCall {
  /** Path and query as they arrived. */
  readonly url: string;
  readonly options: ReadonlyMap<string, string>;
  readonly form: Representation;
  /** Absolute URL of the service root, no slash at the end. */
  readonly root: string;
}

const KNOWN = new Set(
  ['filter', 'select', 'expand', 'orderby', 'top', 'skip', 'inlinecount', 'format', 'count', 'allowedOnly'].map(
    (name) => `$${name}`,
  ),
);

/** Reads what a call asks for. @throws ProtocolError: 0 for an unknown option, 2 for escapes that are no UTF-8, 3 for an unknown form */
export function odataCall(request: FastifyRequest): ODataCall {
  const url = request.raw.url ?? request.url;
  const { options, isDecoded } = queryOptions(url);
  if (!isDecoded) throw odataFailure('bad-format');
  for (const name of options.keys()) {
    if (name.startsWith('$') && !KNOWN.has(name)) throw odataFailure('not-supported', name);
  }
  const form = representationOf(options.get('$format'), request.headers.accept);
  if (form === undefined) throw odataFailure('media-type');
  const base = decodedText(url.split('/', 2)[1]!) ?? '';
  const root = `${request.protocol}://${request.headers.host ?? 'localhost'}/${base}/odata/standard.odata`;
  return { url, options, form, root };
}

/** A whole number of `$top` or `$skip`. @throws ProtocolError code 1 */
export function countOption({ options }: ODataCall, name: '$top' | '$skip', fallback: number): number {
  const text = options.get(name);
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,9}$/.test(text)) throw odataFailure('cannot-parse', text, 'Edm.Int32');
  return Number(text);
}
