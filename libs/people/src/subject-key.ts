import { parseDigits } from './digits.js';
import { POPULATION_SIZE } from './person.js';

const PREFIX = 'person:';

/** The name under which every journal, fault rule and span knows person number `index`. */
export const subjectKey = (index: number): string => PREFIX + String(index);

/** Inverse of `subjectKey`; undefined for any text it could not have produced. */
export function personIndexOf(key: string): number | undefined {
  if (typeof key !== 'string' || !key.startsWith(PREFIX) || key.length === PREFIX.length || key.length > 15)
    return undefined;
  const index = parseDigits(key, PREFIX.length, key.length);
  return index >= 0 && index < POPULATION_SIZE && subjectKey(index) === key ? index : undefined;
}
