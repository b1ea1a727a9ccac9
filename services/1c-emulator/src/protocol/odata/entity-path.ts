import type { EntitySet } from '../../domain/edm.js';
import type { Row } from '../../domain/row.js';
import { valueOf } from './filter-path.js';

/** Path of an object below the service root: `Catalog_X(guid'…')`. */
export function entityPath(set: EntitySet, row: Row): string {
  return entityPathOf(
    set,
    set.key.map((name) => String(valueOf(row, set.properties.get(name)!))),
  );
}

/** The same out of the values of the key properties. */
export function entityPathOf(set: EntitySet, values: readonly string[]): string {
  const [only, ...others] = set.key;
  if (only === 'SurrogateKey') return `${set.name}(SurrogateKey=0)`;
  const literals = set.key.map((name, nth) => keyLiteral(set, name, values[nth] ?? ''));
  if (others.length === 0) return `${set.name}(${literals[0]!})`;
  return `${set.name}(${set.key.map((name, nth) => `${name}=${literals[nth]!}`).join(',')})`;
}

function keyLiteral(set: EntitySet, name: string, value: string): string {
  const property = set.properties.get(name)!;
  if (property.type === 'Edm.Guid' || property.typeProperty !== undefined) return `guid'${value}'`;
  if (property.type === 'Edm.DateTime') return `datetime'${value}'`;
  return property.type === 'Edm.String' ? `'${value.replaceAll("'", "''")}'` : value;
}
