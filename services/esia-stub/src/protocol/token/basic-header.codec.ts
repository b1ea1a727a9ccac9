/** Client id and secret of an HTTP Basic header, which OAuth libraries send instead of form fields; empty when there is none. */
export function basicFields(header: string | undefined): Readonly<Record<string, string>> {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return {};
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  if (at < 0) return {};
  return { client_id: decoded(text.slice(0, at)), client_secret: decoded(text.slice(at + 1)) };
}

/** RFC 6749 2.3.1 form-encodes both parts; many clients do not. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
