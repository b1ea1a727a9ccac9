import type { Row, Scalar } from '../../domain/row.js';
import type { Property } from '../../domain/edm.js';
import type { ValueType } from './filter-node.js';

/** Rows an expression sees: the object first, then those of the lambdas around it. */
export type Rows = Row[];

/** A compiled expression. */
export interface Compiled {
  readonly type: ValueType;
  /** undefined: no value, e.g. behind an empty reference; it equals nothing. */
  readonly value: (rows: Rows) => Scalar | undefined;
}

export function typeOf({ type }: Property): ValueType {
  switch (type) {
    case 'Edm.Boolean':
      return 'Boolean';
    case 'Edm.DateTime':
      return 'Date';
    case 'Edm.Guid':
      return 'Guid';
    case 'Edm.String':
    case 'Edm.Binary':
      return 'String';
    default:
      return 'Number';
  }
}

/** How a reference of a composite field compares: the type, then the key. */
export function referenceText(type: string, key: string): string {
  return `${type}|${key}`;
}
