/** Longest request line that the journal keeps whole. */
const MAX_URL = 2048;

/**
 * What the journal keeps of a body: text cut to the limit, binary as its size when it is larger. Parsed bodies are printed as they are now, so
 * that a service can take secrets out of them first. Nothing kept refers to the whole body.
 */
export function excerpt(body: unknown, limitBytes: number): unknown {
  if (body === undefined || body === null || limitBytes === 0) return undefined;
  if (Buffer.isBuffer(body)) return body.length <= limitBytes ? body.toString('utf8') : `${body.length} bytes`;
  const text = typeof body === 'string' ? body : printed(body, limitBytes);
  return text.length <= limitBytes ? text : `${flatCopy(text, limitBytes)}...`;
}

/** The path and query as the journal keeps them. */
export function urlExcerpt(url: string): string {
  return url.length <= MAX_URL ? url : `${flatCopy(url, MAX_URL)}...`;
}

/** A slice of a string refers to the whole of it; a copy by way of bytes does not. */
function flatCopy(text: string, length: number): string {
  return Buffer.from(text.slice(0, length), 'utf8').toString('utf8');
}

function printed(body: unknown, limitBytes: number): string {
  // Documents travel as long strings inside bodies: printing megabytes only to cut them would hold up everybody.
  const shorten = (_: string, value: unknown) =>
    typeof value === 'string' && value.length > limitBytes ? value.slice(0, limitBytes) : value;
  try {
    return JSON.stringify(body, hasLongText(body, limitBytes) ? shorten : undefined) ?? '';
  } catch {
    // Nested too deep to print, or cyclic: the call itself may still be a good one.
    return '(not printable)';
  }
}

/** Whether shortening is worth while, judged by the first two levels: the replacer makes printing several times dearer. */
function hasLongText(body: unknown, limitBytes: number, levels = 2): boolean {
  if (typeof body === 'string') return body.length > limitBytes;
  if (typeof body !== 'object' || body === null || levels === 0) return false;
  for (const key in body) {
    if (hasLongText((body as Record<string, unknown>)[key], limitBytes, levels - 1)) return true;
  }
  return false;
}
