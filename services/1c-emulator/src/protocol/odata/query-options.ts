/** Options of a query as they arrived, names in their own case with the values decoded. */
export interface QueryOptions {
  readonly options: ReadonlyMap<string, string>;
  /** False when an escape could not be decoded. */
  readonly isDecoded: boolean;
}

const NOTHING: QueryOptions = { options: new Map(), isDecoded: true };
const MAX_OPTIONS = 50;

/** Reads the query of a URL. `+` stays a plus: 1C does not take it for a space (1c.md 2.1). */
export function queryOptions(url: string): QueryOptions {
  const at = url.indexOf('?');
  if (at < 0 || at === url.length - 1) return NOTHING;
  const options = new Map<string, string>();
  let isDecoded = true;
  for (const pair of url.slice(at + 1).split('&', MAX_OPTIONS)) {
    const equals = pair.indexOf('=');
    const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    const decoded = [decodedText(name), decodedText(value)] as const;
    if (decoded[0] === undefined || decoded[1] === undefined) isDecoded = false;
    else if (decoded[0] !== '') options.set(decoded[0], decoded[1]);
  }
  return { options, isDecoded };
}

/** Undefined when the escapes are no UTF-8. */
export function decodedText(text: string): string | undefined {
  try {
    return decodeURIComponent(text).normalize('NFC');
  } catch {
    return undefined;
  }
}
