import { PkiError } from '../pki.errors.js';

/** PEM (RFC 7468), 64 columns. */
export function pem(der: Buffer, label: string): string {
  const body = der.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

/**
 * DER of the first PEM block, or of the first one with `label`; text around it is ignored.
 * @throws PkiError `malformed` when there is none.
 */
export function fromPem(text: string, label?: string): Buffer {
  for (const [, name, body] of text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,64})-----([A-Za-z0-9+/=\s]*)-----END \1-----/g)) {
    if (label !== undefined && name !== label) continue;
    const der = Buffer.from(body as string, 'base64');
    if (der.length > 0) return der;
  }
  throw new PkiError('malformed', `no ${label ?? 'PEM'} block found`);
}
