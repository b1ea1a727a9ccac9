import type { Configuration } from '../../domain/configuration.js';
import { bareType, EMPTY_VALUES, type Navigation, type Property, type Shape } from '../../domain/edm.js';
import type { Row, Scalar } from '../../domain/row.js';
import { odataFailure } from './odata-failure.js';

/** Finds the object a reference leads to. */
export type Resolve = (set: string, key: string) => Row | undefined;

/** What paths are read against. */
export interface PathContext {
  readonly configuration: Configuration;
  readonly resolve: Resolve;
  /** Called for a name the shape does not have. */
  readonly unknown: (segment: string) => Error;
}

type Step = (row: Row) => Row | undefined;

/** A path walked: how to get from a row to the row that has the last segment, and that row's shape. */
export interface WalkedPath {
  readonly last: string;
  readonly shape: Shape;
  readonly reach: Step;
}

/** Follows all segments but the last through navigations. @throws what `unknown` makes of a segment that does not exist */
export function walkPath(segments: readonly string[], shape: Shape, context: PathContext): WalkedPath {
  let reach: Step = (row) => row;
  let [current, at] = [shape, 0];
  while (at < segments.length - 1) {
    const navigation = current.navigations.get(segments[at]!);
    if (navigation === undefined) throw context.unknown(segments[at]!);
    const isComposite = navigation.targets.length > 1;
    const target = isComposite ? segments[at + 1]! : navigation.targets[0]!;
    const set = context.configuration.set(target);
    if (set === undefined || !navigation.targets.includes(set.name)) throw context.unknown(target);
    reach = joined(reach, followed(navigation, set.name, context.resolve));
    current = set;
    at += isComposite ? 2 : 1;
  }
  const last = segments[at];
  if (last === undefined) throw odataFailure('extra-segments');
  return { last, shape: current, reach };
}

/** One step along a navigation to an object of that set; nothing when the reference is of another set. */
export function followed({ keyProperty, typeProperty }: Navigation, set: string, resolve: Resolve): Step {
  return (row) => {
    const key = row.get(keyProperty);
    if (typeof key !== 'string') return undefined;
    if (typeProperty !== undefined && bareType(String(row.get(typeProperty) ?? '')) !== set) return undefined;
    return resolve(set, key);
  };
}

function joined(first: Step, second: Step): Step {
  return (row) => {
    const reached = first(row);
    return reached === undefined ? undefined : second(reached);
  };
}

/** Value of a property, the empty value of its type when the row has none. */
export function valueOf(row: Row, { name, type, typeProperty }: Property): Scalar {
  const value = row.get(name);
  if (value !== undefined) return value;
  if (typeProperty !== undefined) return '';
  return EMPTY_VALUES[type];
}
