import type { FastifyRequest } from 'fastify';
import { multipartFields } from './multipart.codec.js';

/** Parameters of a call by name, decoded; a name given twice keeps its first value, the query's before the body's. */
export type Fields = ReadonlyMap<string, string>;

/** How a dialect's parameters become text. */
export type CharsetOf = (raw: readonly RawField[]) => string;
export type RawField = readonly [name: string, bytes: Buffer];

const MAX_FIELDS = 20_000;
const PLUS = 0x2b;
const PERCENT = 0x25;
const SPACE = 0x20;

/** Raw bytes of `name=value` pairs, percent-decoded but not yet text: the charset may itself be one of the parameters. */
export function rawPairs(text: string): RawField[] {
  return text
    .split('&', MAX_FIELDS)
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      const name = at < 0 ? pair : pair.slice(0, at);
      return [percentDecoded(name).toString('utf8'), percentDecoded(at < 0 ? '' : pair.slice(at + 1))] as const;
    });
}

/** Bytes of a percent-encoded text; a stray percent sign stands for itself. */
function percentDecoded(text: string): Buffer {
  const source = Buffer.from(text, 'latin1');
  const target = Buffer.alloc(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at += 1) {
    const byte = source[at]!;
    const value = byte === PERCENT ? hexByte(source[at + 1], source[at + 2]) : -1;
    target[length] = value >= 0 ? value : byte === PLUS ? SPACE : byte;
    length += 1;
    if (value >= 0) at += 2;
  }
  return target.subarray(0, length);
}

function hexByte(high: number | undefined, low: number | undefined): number {
  const digits = [hexDigit(high), hexDigit(low)] as const;
  return digits[0] < 0 || digits[1] < 0 ? -1 : digits[0] * 16 + digits[1];
}

function hexDigit(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

const utf8: CharsetOf = () => 'utf-8';
const PARSED = Symbol('fields');
type Parsed = FastifyRequest & { [PARSED]?: Fields };

/** Parameters of query, form, multipart or flat JSON body; parsed once per request. */
export function fieldsOf(request: FastifyRequest, charsetOf: CharsetOf = utf8): Fields {
  return ((request as Parsed)[PARSED] ??= parsed(request, charsetOf));
}

function parsed(request: FastifyRequest, charsetOf: CharsetOf): Fields {
  const url = request.raw.url ?? '';
  const at = url.indexOf('?');
  const raw = [...rawPairs(at < 0 ? '' : url.slice(at + 1)), ...bodyPairs(request)];
  // A JSON body is always UTF-8, whatever the charset of the rest.
  const fields = new Map<string, string>(jsonFields(request.body));
  const decoder = new TextDecoder(charsetOf(raw));
  for (const [name, bytes] of raw) if (!fields.has(name)) fields.set(name, decoder.decode(bytes));
  return fields;
}

function bodyPairs({ body, headers }: FastifyRequest): RawField[] {
  if (!Buffer.isBuffer(body)) return [];
  const type = headers['content-type'] ?? '';
  return /^multipart\/form-data/i.test(type)
    ? multipartFields(body, type, MAX_FIELDS)
    : rawPairs(body.toString('latin1'));
}

function jsonFields(body: unknown): (readonly [string, string])[] {
  if (typeof body !== 'object' || body === null || Buffer.isBuffer(body)) return [];
  return Object.entries(body)
    .slice(0, MAX_FIELDS)
    .filter((entry): entry is [string, string | number | boolean] =>
      ['string', 'number', 'boolean'].includes(typeof entry[1]),
    )
    .map(([name, given]) => [name, String(given)] as const);
}
