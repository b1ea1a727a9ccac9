const MAX_FIELDS = 50;

/** Text fields of a multipart (RFC 7578) or URL-encoded form; anything else has none. Files are not expected here. */
export function formFields(body: unknown, contentType: string | undefined): Readonly<Record<string, string>> {
  if (!Buffer.isBuffer(body)) return {};
  const boundary = /^multipart\/form-data;.*boundary="?([^";]{1,70})"?/i.exec(contentType ?? '')?.[1];
  const text = body.toString('utf8');
  if (boundary === undefined) return Object.fromEntries([...new URLSearchParams(text)].slice(0, MAX_FIELDS));
  const fields: [string, string][] = [];
  for (const part of text.split(`--${boundary}`).slice(1, MAX_FIELDS + 1)) {
    const end = part.indexOf('\r\n\r\n');
    const name = /name="([^"]{1,100})"/i.exec(part.slice(0, Math.max(end, 0)))?.[1];
    if (name !== undefined) fields.push([name, part.slice(end + 4).replace(/\r\n$/, '')]);
  }
  return Object.fromEntries(fields);
}
