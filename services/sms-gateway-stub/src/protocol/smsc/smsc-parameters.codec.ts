import type { FastifyRequest } from 'fastify';

/** Parameters of a call by name, decoded; a name given twice keeps its first value, the query's before the body's. */
export type SmscParameters = ReadonlyMap<string, string>;

const CHARSETS: Readonly<Record<string, string>> = {
  'windows-1251': 'windows-1251',
  'utf-8': 'utf-8',
  'koi8-r': 'koi8-r',
};
const MAX_PARAMETERS = 200;
const PLUS = 0x2b;
const PERCENT = 0x25;
const SPACE = 0x20;

/** Raw bytes of `name=value` pairs, percent-decoded but not yet text: the charset is itself one of the parameters. */
function rawPairs(text: string): (readonly [string, Buffer])[] {
  return text
    .split('&', MAX_PARAMETERS)
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      const name = at < 0 ? pair : pair.slice(0, at);
      return [percentDecoded(name).toString('latin1'), percentDecoded(at < 0 ? '' : pair.slice(at + 1))] as const;
    });
}

/** Bytes of a percent-encoded text; a stray percent sign stands for itself. */
function percentDecoded(text: string): Buffer {
  const source = Buffer.from(text, 'utf8');
  const target = Buffer.alloc(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at += 1) {
    const byte = source[at]!;
    const digits = byte === PERCENT ? source.toString('latin1', at + 1, at + 3) : '';
    const isEscape = /^[0-9a-f]{2}$/i.test(digits);
    target[length] = isEscape ? Number.parseInt(digits, 16) : byte === PLUS ? SPACE : byte;
    length += 1;
    if (isEscape) at += 2;
  }
  return target.subarray(0, length);
}

/**
 * Reads the parameters of query and form body, section 2.1: text is windows-1251 unless `charset` says otherwise.
 * A JSON body (the `/rest/` variant) is always UTF-8.
 */
export function smscParameters(request: FastifyRequest): SmscParameters {
  const url = request.raw.url ?? '';
  const at = url.indexOf('?');
  const query = rawPairs(at < 0 ? '' : url.slice(at + 1));
  const form = Buffer.isBuffer(request.body) ? rawPairs(request.body.toString('latin1')) : [];
  const parameters = new Map<string, string>(jsonParameters(request.body));
  const pairs = [...query, ...form];
  const charset = pairs
    .find(([name]) => name === 'charset')?.[1]
    .toString('latin1')
    .toLowerCase();
  const decoder = new TextDecoder(CHARSETS[charset ?? ''] ?? 'windows-1251');
  for (const [name, bytes] of pairs) if (!parameters.has(name)) parameters.set(name, decoder.decode(bytes));
  return parameters;
}

function jsonParameters(body: unknown): (readonly [string, string])[] {
  if (typeof body !== 'object' || body === null || Buffer.isBuffer(body)) return [];
  return Object.entries(body)
    .filter((entry): entry is [string, string | number | boolean] =>
      ['string', 'number', 'boolean'].includes(typeof entry[1]),
    )
    .map(([name, given]) => [name, String(given)] as const);
}
