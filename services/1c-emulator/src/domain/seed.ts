import { createHash } from 'node:crypto';
import { SeedRow, type Row, type Scalar, type SeedFields } from './row.js';

/** A comparison of a property with a value. */
export interface Bound {
  readonly operator: 'eq' | 'ge' | 'gt' | 'le' | 'lt';
  readonly value: Scalar;
}

export interface Places {
  readonly first: number;
  readonly end: number;
}

/** The rows one entity set holds before anybody writes, worked out one by one. */
export interface Seed {
  readonly count: number;
  /** @param nth from 0 to count - 1 */
  row(nth: number): Row;
  /** Row whose key reads so: values of the key properties joined with `|`, guids in lower case. */
  find(key: string): Row | undefined;
  /** Places, from the first to the one before `end`, of all rows whose property compares so; undefined when only a look at all can tell. */
  range(property: string, bound: Bound): Places | undefined;
  /** Rows whose property has that guid, when they can be named without looking at all; undefined when they cannot. */
  narrow(property: string, guid: string): readonly Row[] | undefined;
}

/** How the subjects of one set are numbered and found. */
export interface SubjectList<T> {
  readonly count: number;
  /** Whether numbers and codes of the subjects grow with their place. */
  readonly isNumbered?: boolean;
  subject(nth: number): T;
  /** Subject that a guid in that property names; null when there is none, undefined when the property does not tell. */
  byGuid(property: string, guid: string): T | null | undefined;
}

/** A seed out of numbered subjects. `keys`: the properties of its key, the first of which tells the subject. */
export function seedOf<T>(list: SubjectList<T>, fields: SeedFields<T>, keys: readonly string[]): Seed {
  const row = (subject: T): Row => new SeedRow(fields, subject);
  const narrow = (property: string, guid: string): readonly Row[] | undefined => {
    const subject = list.byGuid(property, guid);
    return subject === undefined ? undefined : subject === null ? [] : [row(subject)];
  };
  return {
    count: list.count,
    row: (nth) => row(list.subject(nth)),
    range: (property, bound) => {
      const read = list.isNumbered === true && NUMBERS.includes(property) ? fields.values[property] : undefined;
      return read === undefined ? undefined : places(list.count, (nth) => read(list.subject(nth)), bound);
    },
    narrow,
    find: (key) => {
      const parts = key.split('|');
      const tells = keys.findIndex((name, nth) => list.byGuid(name, parts[nth] ?? '') !== undefined);
      const found = tells < 0 ? undefined : narrow(keys[tells]!, parts[tells]!)?.[0];
      return found !== undefined && keys.every((name, nth) => String(found.get(name) ?? '') === parts[nth])
        ? found
        : undefined;
    },
  };
}

/** Properties that number subjects. */
const NUMBERS = ['Code', 'Number'];

/** Places of an ascending list of `count` values that compare so. */
function places(count: number, at: (nth: number) => Scalar, { operator, value }: Bound): Places {
  const below = firstPlace(count, (nth) => at(nth) >= value);
  const upTo = firstPlace(count, (nth) => at(nth) > value);
  switch (operator) {
    case 'eq':
      return { first: below, end: upTo };
    case 'ge':
      return { first: below, end: count };
    case 'gt':
      return { first: upTo, end: count };
    case 'le':
      return { first: 0, end: upTo };
    case 'lt':
      return { first: 0, end: below };
  }
}

/** The first place where `holds`, which goes on holding from there; `count` when there is none. */
function firstPlace(count: number, holds: (nth: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A seed of a few fixed rows. */
export function fixedSeed(rows: readonly Row[], keys: readonly string[]): Seed {
  return {
    count: rows.length,
    row: (nth) => rows[nth]!,
    range: () => undefined,
    narrow: () => undefined,
    find: (key) => rows.find((row) => keys.map((name) => String(row.get(name) ?? '')).join('|') === key),
  };
}

/** Guid of an object that belongs to another one: the last six digits under a mask of its kind, so that it leads back. */
export function relatedGuid(guid: string, mask: number): string {
  const tail = Number.parseInt(guid.slice(-6), 16) ^ mask;
  return guid.slice(0, -6) + (tail >>> 0).toString(16).padStart(6, '0');
}

/** Guid of an object that is always the same for one name. */
export function fixedGuid(name: string): string {
  const digest = createHash('sha256').update(name, 'utf8').digest('hex');
  const parts = [digest.slice(0, 8), digest.slice(8, 12), `4${digest.slice(13, 16)}`, `a${digest.slice(17, 20)}`];
  return [...parts, digest.slice(20, 32)].join('-');
}
