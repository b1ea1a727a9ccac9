import type { Scalar } from '../../domain/row.js';
import type { ValueType } from './filter-node.js';
import { likePattern } from './like-pattern.js';
import { addToMoment, MOMENT_PARTS, momentDifference } from './moment-arithmetic.js';

/** A function of `$filter` (1c.md 2.1, Options): types of its arguments, the last `optional` of which may be absent, and its result. */
export interface FilterFunction {
  readonly takes: readonly ValueType[];
  readonly optional?: number;
  readonly gives: ValueType;
  /** Arguments that have to be literals, because they are prepared once. */
  readonly apply: (...values: Scalar[]) => Scalar | undefined;
}

const text = (apply: (text: string, other: string) => Scalar, gives: ValueType): FilterFunction => ({
  takes: ['String', 'String'],
  gives,
  apply: (first, second) => apply(String(first), String(second)),
});

const patterns = new Map<string, (text: string) => boolean>();
const MAX_PATTERNS = 200;

/** Patterns are prepared once each, not once per row. */
function isLike(value: string, pattern: string): boolean {
  let matches = patterns.get(pattern);
  if (matches === undefined) {
    if (patterns.size >= MAX_PATTERNS) patterns.clear();
    matches = likePattern(pattern);
    patterns.set(pattern, matches);
  }
  return matches(value);
}

const parts = Object.fromEntries(
  Object.entries(MOMENT_PARTS).map(([name, part]): [string, FilterFunction] => [
    name,
    { takes: ['Date'], gives: 'Number', apply: (moment) => part(String(moment)) },
  ]),
);

export const FILTER_FUNCTIONS: Readonly<Record<string, FilterFunction>> = {
  ...parts,
  concat: text((first, second) => (first.length + second.length > 100_000 ? first : first + second), 'String'),
  endswith: text((value, end) => value.endsWith(end), 'Boolean'),
  startswith: text((value, start) => value.startsWith(start), 'Boolean'),
  // the needle comes first
  substringof: text((needle, haystack) => haystack.includes(needle), 'Boolean'),
  like: text(isLike, 'Boolean'),
  substring: {
    takes: ['String', 'Number', 'Number'],
    optional: 1,
    gives: 'String',
    apply: (value, from, length) => {
      const start = Math.max(0, Math.trunc(Number(from)));
      return String(value).slice(start, length === undefined ? undefined : start + Math.max(0, Number(length)));
    },
  },
  dateadd: {
    takes: ['Date', 'String', 'Number'],
    gives: 'Date',
    apply: (moment, unit, amount) => addToMoment(String(moment), String(unit), Number(amount)),
  },
  datedifference: {
    takes: ['Date', 'Date', 'String'],
    gives: 'Number',
    apply: (from, to, unit) => momentDifference(String(from), String(to), String(unit)),
  },
  round: { takes: ['Number'], gives: 'Number', apply: (value) => rounded(Number(value)) },
};

/** Half goes away from zero, as 1C's Окр does. */
function rounded(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}
