/** Appends a query to an absolute address that may have one; the address itself is kept as the client wrote it. */
export function withQuery(address: string, fields: URLSearchParams): string {
  // Bytes a header cannot carry are the only reason to rewrite it.
  const written = /^[\x21-\x7e]+$/.test(address) ? address : new URL(address).href;
  const base = written.split('#', 1)[0]!;
  return `${base}${base.includes('?') ? '&' : '?'}${fields.toString()}`;
}
