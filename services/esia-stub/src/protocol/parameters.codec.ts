/** More fields than any request of the protocol has; a longer list is not read. */
const MAX_FIELDS = 100;

/** Fields of a query string or a form body, decoded strictly. */
export class Parameters {
  constructor(
    private readonly values: ReadonlyMap<string, string>,
    /** Names sent more than once; the first value counts. */
    readonly repeated: readonly string[] = [],
    /** False when something could not be decoded. */
    readonly isReadable = true,
  ) {}

  get(name: string): string | undefined {
    return this.values.get(name);
  }

  /** True when the field was sent with a value that is not empty. */
  has(name: string): boolean {
    return (this.values.get(name) ?? '') !== '';
  }

  /** The same fields with others in place of those not sent. */
  filledWith(others: Readonly<Record<string, string>>): Parameters {
    const missing = Object.entries(others).filter(([name]) => !this.has(name));
    return new Parameters(new Map([...this.values, ...missing]), this.repeated, this.isReadable);
  }

  /** Plain data for the journal and for rule conditions. */
  toJSON(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.values);
  }
}

const UNREADABLE = new Parameters(new Map(), [], false);
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Reads `name=value&…` as application/x-www-form-urlencoded. Never throws. */
export function parseParameters(text: string): Parameters {
  const values = new Map<string, string>();
  const repeated = new Set<string>();
  const pairs = text.split('&', MAX_FIELDS + 1).filter((pair) => pair !== '');
  if (pairs.length > MAX_FIELDS) return UNREADABLE;
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = decoded(at < 0 ? pair : pair.slice(0, at));
    const value = decoded(at < 0 ? '' : pair.slice(at + 1));
    if (name === undefined || value === undefined) return UNREADABLE;
    if (values.has(name)) repeated.add(name);
    else values.set(name, value);
  }
  return new Parameters(values, [...repeated]);
}

/** A form body as it came. Bytes that are not UTF-8 make it unreadable. */
export function parseForm(body: Buffer): Parameters {
  try {
    return parseParameters(STRICT_UTF8.decode(body));
  } catch {
    return UNREADABLE;
  }
}

/** Fields of a request body: none when there is no body, unreadable when it was not a form. */
export function formOf(body: unknown): Parameters {
  if (body instanceof Parameters) return body;
  return body === undefined || body === null ? new Parameters(new Map()) : UNREADABLE;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
