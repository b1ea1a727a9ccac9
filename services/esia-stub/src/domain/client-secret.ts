const FORM = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * Bytes of a `client_secret`. Clients send base64url with or without padding, or the standard alphabet percent-encoded.
 * Undefined when it is none of them.
 */
export function decodeClientSecret(text: string): Buffer | undefined {
  if (!FORM.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length > 0 ? bytes : undefined;
}
