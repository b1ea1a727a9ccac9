import type { TokenKey } from './token-key.js';

/** A token taken apart; nothing in it is proved until the signature is. */
export interface DecodedJwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  /** What the signature covers: `header.payload`. */
  readonly signed: string;
  readonly signature: Buffer;
}

const MAX_TOKEN_CHARS = 32_768;

/** Signs a token; claims keep their order. ESIA writes `/` as `\/`, which `isSlashEscaped` imitates. */
export function encodeJwt(header: object, payload: object, key: TokenKey, isSlashEscaped: boolean): string {
  const signed = `${part(header, isSlashEscaped)}.${part(payload, isSlashEscaped)}`;
  return `${signed}.${key.keyPair.sign(Buffer.from(signed)).toString('base64url')}`;
}

function part(value: object, isSlashEscaped: boolean): string {
  const json = JSON.stringify(value);
  return Buffer.from(isSlashEscaped ? json.replaceAll('/', '\\/') : json).toString('base64url');
}

/** Takes a token apart; undefined when it is not three parts of which the first two are JSON objects. */
export function decodeJwt(token: string): DecodedJwt | undefined {
  if (token.length > MAX_TOKEN_CHARS) return undefined;
  const [head, body, signature, ...rest] = token.split('.');
  if (head === undefined || body === undefined || signature === undefined || rest.length > 0) return undefined;
  const header = jsonObject(head);
  const payload = jsonObject(body);
  if (header === undefined || payload === undefined) return undefined;
  return { header, payload, signed: `${head}.${body}`, signature: Buffer.from(signature, 'base64url') };
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
