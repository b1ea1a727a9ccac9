import type { Exchange } from '../exchange/exchange.js';
import type { Random } from '../runtime/random.js';
import type { FaultRule } from './fault-rule.js';
import { safeInputLength } from './regex-cost.js';

type Predicate = (exchange: Exchange) => boolean;

/** Compiles the `match` of a rule; every condition must hold. */
export function compileMatch(rule: FaultRule, random: Random): Predicate {
  const predicates = [...subjectPredicates(rule, random), ...clientPredicates(rule), ...wherePredicates(rule)];
  return (exchange) => {
    for (const holds of predicates) if (!holds(exchange)) return false;
    return true;
  };
}

function subjectPredicates(rule: FaultRule, random: Random): Predicate[] {
  const subject = rule.match?.subject;
  if (subject === undefined) return [];
  const predicates: Predicate[] = [({ subject: key }) => key !== undefined];
  const { list, range, percent } = subject;
  if (list !== undefined) {
    const keys = new Set(list);
    predicates.push(({ subject: key }) => keys.has(key!));
  }
  if (range !== undefined) predicates.push(({ subject: key }) => isInRange(subjectNumber(key!), range));
  if (percent !== undefined) predicates.push(({ subject: key }) => random.percentile('fault subjects', key!) < percent);
  return predicates;
}

/** The number behind a subject key such as `person:42`. */
function subjectNumber(key: string): number {
  return Number(key.slice(key.indexOf(':') + 1));
}

function isInRange(number: number, [from, to]: readonly [number, number]): boolean {
  return number >= from && number <= to;
}

function clientPredicates(rule: FaultRule): Predicate[] {
  const client = rule.match?.client;
  return client === undefined ? [] : [(exchange) => exchange.client === client];
}

function wherePredicates(rule: FaultRule): Predicate[] {
  return (rule.match?.where ?? []).map(({ path, equals, regex, range }) => {
    const tests: ((text: string) => boolean)[] = [];
    if (equals !== undefined) tests.push((text) => text === String(equals));
    if (regex !== undefined) tests.push(regexTest(regex));
    if (range !== undefined) tests.push((text) => text.trim() !== '' && isInRange(Number(text), range));
    return (exchange) => {
      const text = plainText(exchange.fact(path));
      return text !== undefined && tests.every((holds) => holds(text));
    };
  });
}

function regexTest(source: string): (text: string) => boolean {
  const expression = new RegExp(source);
  const length = safeInputLength(source);
  return (text) => expression.test(text.length > length ? text.slice(0, length) : text);
}

/** Conditions compare single values; a list or an object is never equal to anything. */
function plainText(fact: unknown): string | undefined {
  switch (typeof fact) {
    case 'string':
      return fact;
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(fact);
    default:
      return undefined;
  }
}
