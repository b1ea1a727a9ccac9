/** One value of the infobase: text, guid and moment are strings (a moment as `yyyy-MM-ddTHH:mm:ss`), whole and fractional numbers are numbers. */
export type Scalar = string | number | boolean;

/** One object, record or row of a tabular part; what it was not given is empty, never null (1c.md 2.1). */
export interface Row {
  /** undefined when the row has no value of its own: the empty value of the field's type stands for it. */
  get(name: string): Scalar | undefined;
  rows(name: string): readonly Row[];
}

export const ZERO_GUID = '00000000-0000-0000-0000-000000000000';
export const EMPTY_MOMENT = '0001-01-01T00:00:00';

/** How one seeded row is worked out from what it describes, field by field and only when asked. */
export interface SeedFields<T> {
  readonly values: Readonly<Record<string, (subject: T) => Scalar>>;
  readonly parts?: Readonly<Record<string, (subject: T) => readonly Row[]>>;
}

const NO_ROWS: readonly Row[] = [];

/** A row that is a pure function of the population. */
export class SeedRow<T> implements Row {
  constructor(
    private readonly fields: SeedFields<T>,
    private readonly subject: T,
  ) {}

  get(name: string): Scalar | undefined {
    return Object.hasOwn(this.fields.values, name) ? this.fields.values[name]!(this.subject) : undefined;
  }

  rows(name: string): readonly Row[] {
    const { parts } = this.fields;
    return parts !== undefined && Object.hasOwn(parts, name) ? parts[name]!(this.subject) : NO_ROWS;
  }
}

/** What a written object looks like in a store. */
export interface StoredValues {
  readonly values: Readonly<Record<string, Scalar>>;
  readonly parts: Readonly<Record<string, readonly Readonly<Record<string, Scalar>>[]>>;
}

/** A row somebody wrote. */
export class StoredRow implements Row {
  constructor(readonly stored: StoredValues) {}

  static flat(values: Readonly<Record<string, Scalar>>): StoredRow {
    return new StoredRow({ values, parts: {} });
  }

  get(name: string): Scalar | undefined {
    return Object.hasOwn(this.stored.values, name) ? this.stored.values[name] : undefined;
  }

  rows(name: string): readonly Row[] {
    const { parts } = this.stored;
    return Object.hasOwn(parts, name) ? parts[name]!.map((values) => StoredRow.flat(values)) : NO_ROWS;
  }
}

const VERSION_BYTES = 8;

/** `DataVersion` of an object written `writes` times after its creation: base64 of an 8-byte counter. */
export function dataVersion(writes: number): string {
  const bytes = Buffer.alloc(VERSION_BYTES);
  bytes.writeBigUInt64BE(BigInt(writes));
  return bytes.toString('base64');
}

/** Writes counted in a `DataVersion`; 0 for what is none. */
export function writesOf(version: Scalar | undefined): number {
  if (typeof version !== 'string') return 0;
  const bytes = Buffer.from(version, 'base64');
  return bytes.length === VERSION_BYTES ? Number(bytes.readBigUInt64BE() & 0x1fffffffffffffn) : 0;
}
