import type { EntitySet } from '../../domain/edm.js';
import type { Bound, Places } from '../../domain/seed.js';
import type { Infobase } from '../../flow/infobase.js';
import type { FilterNode } from './filter-node.js';

type Binary = Extract<FilterNode, { kind: 'binary' }>;

/** Places of the seed that bounds of a number or code among conditions that all must hold leave over; undefined when nothing bounds them. */
export function placesOf(infobase: Infobase, set: EntitySet, node: FilterNode): Places | undefined {
  if (node.kind !== 'binary') return undefined;
  if (node.operator !== 'and') return bounded(infobase, set, node);
  const left = placesOf(infobase, set, node.left);
  const right = placesOf(infobase, set, node.right);
  if (left === undefined || right === undefined) return left ?? right;
  return { first: Math.max(left.first, right.first), end: Math.min(left.end, right.end) };
}

function bounded(infobase: Infobase, set: EntitySet, { left, right, operator }: Binary): Places | undefined {
  const isBounded = left.kind === 'path' && left.segments.length === 1 && isBound(operator);
  if (!isBounded || right.kind !== 'literal' || right.type !== 'String') return undefined;
  return infobase.places(set, left.segments[0]!, { operator, value: right.value });
}

function isBound(operator: string): operator is Bound['operator'] {
  return ['eq', 'ge', 'gt', 'le', 'lt'].includes(operator);
}
