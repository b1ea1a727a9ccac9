import { bareType, NAMESPACE, type Shape } from '../../domain/edm.js';
import type { Row, Scalar } from '../../domain/row.js';
import { FILTER_FUNCTIONS, type FilterFunction } from './filter-functions.js';
import type { BinaryOperator, FilterNode, LambdaNode, ValueType } from './filter-node.js';
import { valueOf, walkPath, type PathContext } from './filter-path.js';
import { referenceText, typeOf, type Compiled, type Rows } from './filter-value.js';
import { odataFailure } from './odata-failure.js';

/** Names an expression may use: the fields of the object and the variables of lambdas around it. */
interface Scope {
  readonly variables: ReadonlyMap<string, { readonly level: number; readonly shape: Shape }>;
  readonly shape: Shape;
  readonly level: number;
}

type Node<K extends FilterNode['kind']> = Extract<FilterNode, { kind: K }>;

/** Turns a parsed condition into a test of rows. @throws ProtocolError: 14 for names and forms, 21 for functions, -1 for operands */
export function compileCondition(node: FilterNode, shape: Shape, context: PathContext): (row: Row) => boolean {
  const compiled = new FilterCompiler(context).compile(node, { variables: new Map(), shape, level: 0 });
  if (compiled.type !== 'Boolean') throw odataFailure('bad-filter');
  const rows: Rows = [];
  return (row) => {
    rows[0] = row;
    return compiled.value(rows) === true;
  };
}

/** The same for an expression of any type: what `$orderby` sorts by. */
export function compileExpression(
  node: FilterNode,
  shape: Shape,
  context: PathContext,
): (row: Row) => Scalar | undefined {
  const compiled = new FilterCompiler(context).compile(node, { variables: new Map(), shape, level: 0 });
  return (row) => compiled.value([row]);
}

class FilterCompiler {
  constructor(private readonly context: PathContext) {}

  compile(node: FilterNode, scope: Scope): Compiled {
    switch (node.kind) {
      case 'literal':
        return { type: node.type, value: () => node.value };
      case 'path':
        return this.path(node, scope);
      case 'unary':
        return this.unary(node, scope);
      case 'binary':
        return this.binary(node, scope);
      case 'call':
        return this.call(node, scope);
      case 'lambda':
        return this.lambda(node, scope);
    }
  }

  private path({ segments }: Node<'path'>, scope: Scope): Compiled {
    const { level, shape, rest } = rooted(segments, scope);
    const { last, shape: owner, reach } = walkPath(rest, shape, this.context);
    const property = owner.properties.get(last);
    if (property === undefined) throw this.context.unknown(last);
    const read = (rows: Rows): Scalar | undefined => {
      const row = reach(rows[level]!);
      if (row === undefined) return undefined;
      const value = valueOf(row, property);
      if (property.typeProperty === undefined) return value;
      return referenceText(bareType(String(row.get(property.typeProperty) ?? '')), String(value));
    };
    return { type: property.typeProperty === undefined ? typeOf(property) : 'Reference', value: read };
  }

  private unary({ operator, operand, at }: Node<'unary'>, scope: Scope): Compiled {
    const { type, value } = this.compile(operand, scope);
    if (operator === 'not') {
      if (type !== 'Boolean') throw badOperands(at);
      return { type, value: (rows) => value(rows) !== true };
    }
    if (type !== 'Number') throw badOperands(at);
    return { type, value: (rows) => -Number(value(rows) ?? 0) };
  }

  private binary({ operator, left, right, at }: Node<'binary'>, scope: Scope): Compiled {
    const operands = [this.compile(left, scope), this.compile(right, scope)] as const;
    const types = operands.map(({ type }) => type) as [ValueType, ValueType];
    const [first, second] = operands.map(({ value }) => value) as [Compiled['value'], Compiled['value']];
    if (operator === 'and' || operator === 'or') {
      if (types.some((type) => type !== 'Boolean')) throw badOperands(at);
      return operator === 'and'
        ? { type: 'Boolean', value: (rows) => first(rows) === true && second(rows) === true }
        : { type: 'Boolean', value: (rows) => first(rows) === true || second(rows) === true };
    }
    const arithmetic = ARITHMETIC[operator];
    if (arithmetic !== undefined) {
      if (types.some((type) => type !== 'Number')) throw badOperands(at);
      return { type: 'Number', value: (rows) => arithmetic(Number(first(rows)), Number(second(rows))) };
    }
    return comparison(operator, types, { first, second, at });
  }

  private call({ name, args, at }: Node<'call'>, scope: Scope): Compiled {
    if (name === 'cast' || name === 'isof') return this.typed(name, args, scope);
    const known = functionOf(name, args.length);
    const compiled = args.map((arg) => this.compile(arg, scope));
    if (compiled.some(({ type }, nth) => type !== known.takes[nth])) throw badOperands(at);
    return { type: known.gives, value: applied(known, compiled) };
  }

  /** `cast(e,'Type')` and `isof(e,'Type')`. */
  private typed(name: 'cast' | 'isof', args: readonly FilterNode[], scope: Scope): Compiled {
    const [operand, target] = args;
    if (operand === undefined || target?.kind !== 'literal' || target.type !== 'String' || args.length !== 2) {
      throw odataFailure('not-implemented', name);
    }
    const type = bareType(String(target.value));
    const { type: from, value } = this.compile(operand, scope);
    const simple = SIMPLE_TYPES[type];
    if (simple === undefined && this.context.configuration.set(type) === undefined) throw odataFailure('bad-filter');
    if (name === 'isof') return isOfType(type, simple, { type: from, value });
    if (simple !== undefined) return { type: simple, value: converted(simple, value) };
    return { type: 'Reference', value: (rows) => referenceText(type, keyPart(value(rows))) };
  }

  private lambda({ segments, quantifier, body }: LambdaNode, scope: Scope): Compiled {
    const { level, shape, rest } = rooted(segments, scope);
    const { last, shape: owner, reach } = walkPath(rest, shape, this.context);
    const rowShape = owner.collections.get(last);
    if (rowShape === undefined) throw this.context.unknown(last);
    const rowsOf = (rows: Rows): readonly Row[] => reach(rows[level]!)?.rows(last) ?? [];
    if (body === undefined) return { type: 'Boolean', value: (rows) => rowsOf(rows).length > 0 };
    const inner = scope.level + 1;
    const variables = new Map(scope.variables).set(body.variable, { level: inner, shape: rowShape });
    const condition = this.compile(body.condition, { ...scope, variables, level: inner });
    if (condition.type !== 'Boolean') throw odataFailure('bad-filter');
    const holds = (rows: Rows, row: Row): boolean => {
      rows[inner] = row;
      return condition.value(rows) === true;
    };
    return quantifier === 'any'
      ? { type: 'Boolean', value: (rows) => rowsOf(rows).some((row) => holds(rows, row)) }
      : { type: 'Boolean', value: (rows) => rowsOf(rows).every((row) => holds(rows, row)) };
  }
}

const ARITHMETIC: Readonly<Partial<Record<BinaryOperator, (first: number, second: number) => number>>> = {
  mul: (first, second) => first * second,
  div: (first, second) => first / second,
  add: (first, second) => first + second,
  sub: (first, second) => first - second,
};

const HOLDS: Readonly<Partial<Record<BinaryOperator, (left: Scalar, right: Scalar) => boolean>>> = {
  eq: (left, right) => left === right,
  ne: (left, right) => left !== right,
  gt: (left, right) => left > right,
  ge: (left, right) => left >= right,
  lt: (left, right) => left < right,
  le: (left, right) => left <= right,
};

const SIMPLE_TYPES: Readonly<Record<string, ValueType>> = {
  String: 'String',
  Number: 'Number',
  Boolean: 'Boolean',
  Date: 'Date',
  'Edm.String': 'String',
  'Edm.Guid': 'Guid',
  'Edm.DateTime': 'Date',
  'Edm.Boolean': 'Boolean',
};

interface Operands {
  readonly first: Compiled['value'];
  readonly second: Compiled['value'];
  readonly at: number;
}

function comparison(operator: BinaryOperator, types: readonly ValueType[], { first, second, at }: Operands): Compiled {
  const holds = HOLDS[operator]!;
  const isMixed = types[0] !== types[1];
  // a composite field never equals a bare guid: it has to be cast
  if (isMixed && types.includes('Reference')) return { type: 'Boolean', value: () => operator === 'ne' };
  const isOrdered = operator !== 'eq' && operator !== 'ne';
  if (isMixed || (isOrdered && (types[0] === 'Boolean' || types[0] === 'Reference'))) throw badOperands(at);
  return {
    type: 'Boolean',
    value: (rows) => {
      const left = first(rows);
      const right = second(rows);
      return left === undefined || right === undefined ? operator === 'ne' : holds(left, right);
    },
  };
}

/** @throws ProtocolError code 21 for an unknown function or a wrong number of arguments */
function functionOf(name: string, given: number): FilterFunction {
  const known = Object.hasOwn(FILTER_FUNCTIONS, name) ? FILTER_FUNCTIONS[name] : undefined;
  if (known === undefined) throw odataFailure('not-implemented', name);
  const fewest = known.takes.length - (known.optional ?? 0);
  if (given < fewest || given > known.takes.length) throw odataFailure('not-implemented', name);
  return known;
}

function isOfType(type: string, simple: ValueType | undefined, { type: from, value }: Compiled): Compiled {
  if (from !== 'Reference') return { type: 'Boolean', value: () => from === simple };
  return { type: 'Boolean', value: (rows) => String(value(rows) ?? '').startsWith(`${type}|`) };
}

function rooted(segments: readonly string[], scope: Scope) {
  const variable = scope.variables.get(segments[0]!);
  if (variable === undefined) return { level: 0, shape: scope.shape, rest: segments };
  return { ...variable, rest: segments.slice(1) };
}

function applied({ apply }: FilterFunction, args: readonly Compiled[]): Compiled['value'] {
  return (rows) => {
    const values: Scalar[] = [];
    for (const { value } of args) {
      const found = value(rows);
      if (found === undefined) return undefined;
      values.push(found);
    }
    return apply(...values);
  };
}

function converted(type: ValueType, value: Compiled['value']): Compiled['value'] {
  return (rows) => {
    const found = value(rows);
    if (found === undefined) return undefined;
    if (type === 'Number') return Number.isFinite(Number(found)) ? Number(found) : undefined;
    return type === 'Boolean' ? found === true || found === 'true' : String(found);
  };
}

function keyPart(value: Scalar | undefined): string {
  const text = String(value ?? '');
  return text.slice(text.indexOf('|') + 1).replace(`${NAMESPACE}.`, '');
}

function badOperands(at: number): Error {
  return odataFailure('bad-comparison', `(1, ${at + 1})`);
}
