import type { EntitySet } from '../../domain/edm.js';
import { guidOf, momentOf } from './literal.js';
import { odataFailure } from './odata-failure.js';

/** One part of a path: a name and what stands in its parentheses. */
export interface Segment {
  readonly name: string;
  /** undefined: no parentheses; empty for `()`. */
  readonly args: string | undefined;
}

const MAX_SEGMENTS = 12;

/** Parts of a decoded path; slashes inside quotes do not part. @throws ProtocolError code 6 */
export function segmentsOf(path: string): Segment[] {
  const segments: Segment[] = [];
  let [start, isQuoted] = [0, false];
  for (let at = 0; at <= path.length; at += 1) {
    const sign = path.charAt(at);
    if (sign === "'") isQuoted = !isQuoted;
    if (at < path.length && (sign !== '/' || isQuoted)) continue;
    if (at > start) segments.push(segmentOf(path.slice(start, at)));
    start = at + 1;
    if (segments.length > MAX_SEGMENTS) throw odataFailure('extra-segments');
  }
  return segments;
}

function segmentOf(text: string): Segment {
  const open = text.indexOf('(');
  if (open < 0) return { name: text, args: undefined };
  if (!text.endsWith(')')) throw odataFailure('segment-not-found', text);
  return { name: text.slice(0, open), args: text.slice(open + 1, -1).trim() };
}

const NAMED = /\s*([\p{L}_][\p{L}\d_]*)\s*=\s*((?:guid|datetime)?'(?:[^']|'')*'|[^,]*)\s*(?:,|$)/uy;

/** Key of an object as `keyOf` writes it. @throws ProtocolError: 1 for a value that cannot be read, 7 for a missing part */
export function readKey(set: EntitySet, args: string): string {
  if (set.kind === 'Constant') return '';
  const given = namedValues(args);
  if (given === undefined) {
    if (set.key.length !== 1) throw odataFailure('missing-key', set.key[1]!);
    return keyValue(args, set.properties.get(set.key[0]!)!.type);
  }
  return set.key
    .map((name) => {
      const value = given.get(name);
      if (value === undefined) throw odataFailure('missing-key', name);
      return keyValue(value, set.properties.get(name)?.type ?? 'Edm.Guid');
    })
    .join('|');
}

function namedValues(args: string): ReadonlyMap<string, string> | undefined {
  if (!/^\s*[\p{L}_][\p{L}\d_]*\s*=/u.test(args)) return undefined;
  const values = new Map<string, string>();
  NAMED.lastIndex = 0;
  while (NAMED.lastIndex < args.length) {
    const found = NAMED.exec(args);
    if (found === null) throw odataFailure('cannot-parse', args, 'Edm.Guid');
    values.set(found[1]!, found[2]!.trim());
  }
  return values;
}

function keyValue(text: string, type: string): string {
  const [, prefix, quoted] = /^(guid|datetime)?'((?:[^']|'')*)'$/.exec(text) ?? [];
  const plain = (quoted ?? text).replaceAll("''", "'");
  if (prefix === 'guid' || type === 'Edm.Guid') return guidOf(plain);
  return prefix === 'datetime' || type === 'Edm.DateTime' ? momentOf(plain) : plain;
}

const ARGUMENT = /(AccountCondition|Condition|StartPeriod|EndPeriod|Period|Dimensions|RoutePoint)\s*=/g;

/** Arguments of a bound function; quotes inside `Condition` doubled or not (1c.md 2.1). */
export function functionArguments(args: string): Map<string, string> {
  const starts = [...args.matchAll(ARGUMENT)].filter(({ index }) =>
    /(^|,)\s*$/.test(args.slice(Math.max(0, index - 8), index)),
  );
  return new Map(
    starts.map((found, nth): [string, string] => {
      const end = starts[nth + 1]?.index ?? args.length;
      return [found[1]!, unquoted(args.slice(found.index + found[0].length, end).replace(/[,\s]+$/, ''))];
    }),
  );
}

/** Text without its quotes; `datetime'…'` gives the moment. */
export function unquoted(text: string): string {
  const trimmed = text.trim();
  const moment = /^datetime'([^']*)'$/.exec(trimmed)?.[1];
  if (moment !== undefined) return moment;
  if (trimmed.length < 2 || !trimmed.startsWith("'") || !trimmed.endsWith("'")) return trimmed;
  return trimmed.slice(1, -1).replaceAll("''", "'");
}
