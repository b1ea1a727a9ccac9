import type { Scalar } from '../../domain/row.js';

/** Types of values an expression can have. */
export type ValueType = 'String' | 'Number' | 'Boolean' | 'Date' | 'Guid' | 'Reference';

export type BinaryOperator = 'mul' | 'div' | 'add' | 'sub' | 'gt' | 'ge' | 'lt' | 'le' | 'eq' | 'ne' | 'and' | 'or';

/** A `$filter`, parsed. `at`: where in the text it begins. */
export type FilterNode =
  | { readonly kind: 'literal'; readonly type: ValueType; readonly value: Scalar; readonly at: number }
  | { readonly kind: 'path'; readonly segments: readonly string[]; readonly at: number }
  | { readonly kind: 'unary'; readonly operator: 'not' | '-'; readonly operand: FilterNode; readonly at: number }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: FilterNode;
      readonly right: FilterNode;
      readonly at: number;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly FilterNode[]; readonly at: number }
  | LambdaNode;

export interface LambdaNode {
  readonly kind: 'lambda';
  readonly segments: readonly string[];
  readonly quantifier: 'any' | 'all';
  /** Absent in `any()`, which asks whether there are rows at all. */
  readonly body?: { readonly variable: string; readonly condition: FilterNode } | undefined;
  readonly at: number;
}
