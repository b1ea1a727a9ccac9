import { createHash } from 'node:crypto';
import { SeedRow, type Row, type SeedFields } from './row.js';

/** The rows one entity set holds before anybody writes, worked out one by one. */
export interface Seed {
  readonly count: number;
  /** @param nth from 0 to count - 1 */
  row(nth: number): Row;
  /** Row whose key reads so: values of the key properties joined with `|`, guids in lower case. */
  find(key: string): Row | undefined;
  /** Rows whose property has that guid, when they can be named without looking at all; undefined when they cannot. */
  narrow(property: string, guid: string): readonly Row[] | undefined;
}

/** How the subjects of one set are numbered and found. */
export interface SubjectList<T> {
  readonly count: number;
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

/** A seed of a few fixed rows. */
export function fixedSeed(rows: readonly Row[], keys: readonly string[]): Seed {
  return {
    count: rows.length,
    row: (nth) => rows[nth]!,
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
