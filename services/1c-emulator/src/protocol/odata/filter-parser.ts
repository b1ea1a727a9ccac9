import type { BinaryOperator, FilterNode } from './filter-node.js';
import { filterTokens, type FilterToken } from './filter-lexer.js';
import { odataFailure, odataFailureText } from './odata-failure.js';

/** How deep parentheses, functions and signs may nest. */
export const MAX_FILTER_DEPTH = 100;
/** How many operators and operands one expression may have. */
const MAX_NODES = 3000;
const MAX_PATH = 8;

/** Every operator binds at its own level (1c.md 2.1, Options); the tighter, the larger. */
const LEVELS: Readonly<Record<BinaryOperator, number>> = {
  mul: 12,
  div: 11,
  add: 10,
  sub: 9,
  gt: 8,
  ge: 7,
  lt: 6,
  le: 5,
  eq: 4,
  ne: 3,
  and: 2,
  or: 1,
};

/** Parses a `$filter`, an `$orderby` expression or the condition of a virtual table. @throws ProtocolError code 14 */
export function parseFilter(text: string): FilterNode {
  const parser = new FilterParser(filterTokens(text));
  return parser.whole();
}

class FilterParser {
  private next = 0;
  private depth = 0;
  private nodes = 0;

  constructor(private readonly tokens: readonly FilterToken[]) {}

  whole(): FilterNode {
    const node = this.expression(0);
    if (this.next < this.tokens.length) throw this.unexpected();
    return node;
  }

  /** Operators of a level above `floor`, left to right. */
  private expression(floor: number): FilterNode {
    let left = this.operand();
    for (;;) {
      const token = this.tokens[this.next];
      const operator = token?.kind === 'word' ? (token.text as BinaryOperator) : undefined;
      const level = operator !== undefined && Object.hasOwn(LEVELS, operator) ? LEVELS[operator] : 0;
      if (level <= floor) return left;
      this.next += 1;
      left = this.counted({ kind: 'binary', operator: operator!, left, right: this.expression(level), at: token!.at });
    }
  }

  private operand(): FilterNode {
    this.depth += 1;
    if (this.depth > MAX_FILTER_DEPTH) throw odataFailure('bad-filter');
    const node = this.counted(this.prefixed());
    this.depth -= 1;
    return node;
  }

  private prefixed(): FilterNode {
    const token = this.tokens[this.next];
    if (token === undefined) throw this.unexpected();
    this.next += 1;
    if (token.kind === 'literal') return token;
    if (token.kind === 'word') {
      return token.text === 'not' && !this.isNext('/')
        ? { kind: 'unary', operator: 'not', operand: this.operand(), at: token.at }
        : this.named(token.text, token.at);
    }
    if (token.text === '-') return { kind: 'unary', operator: '-', operand: this.operand(), at: token.at };
    if (token.text !== '(') throw this.unexpected(token);
    const inner = this.expression(0);
    this.take(')');
    return inner;
  }

  /** A property path, a function call, or a lambda at the end of a path. */
  private named(first: string, at: number): FilterNode {
    if (this.isNext('(')) return this.call(first, at);
    const segments = [first];
    while (this.isNext('/')) {
      this.next += 1;
      const segment = this.word();
      if ((segment === 'any' || segment === 'all') && this.isNext('(')) return this.lambda(segments, segment, at);
      segments.push(segment);
      if (segments.length > MAX_PATH) throw odataFailure('bad-filter');
    }
    return { kind: 'path', segments, at };
  }

  private call(name: string, at: number): FilterNode {
    this.take('(');
    const args: FilterNode[] = [];
    while (!this.isNext(')')) {
      if (args.length > 0) this.take(',');
      args.push(this.expression(0));
    }
    this.take(')');
    return { kind: 'call', name, args, at };
  }

  private lambda(segments: readonly string[], quantifier: 'any' | 'all', at: number): FilterNode {
    this.take('(');
    if (quantifier === 'any' && this.isNext(')')) {
      this.take(')');
      return { kind: 'lambda', segments, quantifier, at };
    }
    const variable = this.word();
    this.take(':');
    const condition = this.expression(0);
    this.take(')');
    return { kind: 'lambda', segments, quantifier, body: { variable, condition }, at };
  }

  private word(): string {
    const token = this.tokens[this.next];
    if (token?.kind !== 'word') throw this.unexpected();
    this.next += 1;
    return token.text;
  }

  private isNext(sign: string): boolean {
    const token = this.tokens[this.next];
    return token?.kind === 'sign' && token.text === sign;
  }

  private take(sign: string): void {
    if (!this.isNext(sign)) throw this.unexpected();
    this.next += 1;
  }

  private counted(node: FilterNode): FilterNode {
    this.nodes += 1;
    if (this.nodes > MAX_NODES) throw odataFailure('bad-filter');
    return node;
  }

  private unexpected(token = this.tokens[this.next]): Error {
    const place = token === undefined ? 'конец выражения' : `позиция ${token.at + 1}`;
    return odataFailureText('bad-filter', `Ошибка при разборе опции запроса $filter: ${place}`);
  }
}
