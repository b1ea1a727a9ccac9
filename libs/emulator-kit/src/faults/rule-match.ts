import type { Exchange } from '../exchange/exchange.js';
import type { Random } from '../runtime/random.js';
import type { FaultRule } from './fault-rule.js';

/** Longest text a rule's regular expression is run on: a hostile value must not hold up the loop. */
const MAX_REGEX_INPUT = 1000;

type Predicate = (exchange: Exchange) => boolean;

/** Compiles the `match` of a rule; every condition must hold. */
export function compileMatch(rule: FaultRule, random: Random): Predicate {
  const predicates = [...subjectPredicates(rule, random), ...clientPredicates(rule), ...wherePredicates(rule)];
  return (exchange) => predicates.every((holds) => holds(exchange));
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
    const expression = regex === undefined ? undefined : new RegExp(regex);
    return (exchange) => {
      const found = exchange.fact(path);
      if (found === undefined || found === null) return false;
      const text = typeof found === 'string' ? found : JSON.stringify(found);
      if (equals !== undefined && text !== String(equals)) return false;
      if (expression !== undefined && !expression.test(text.slice(0, MAX_REGEX_INPUT))) return false;
      return range === undefined || isInRange(Number(text), range);
    };
  });
}
