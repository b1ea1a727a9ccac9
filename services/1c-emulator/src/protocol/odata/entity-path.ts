import type { EntitySet } from '../../domain/edm.js';
import type { Row } from '../../domain/row.js';
import { valueOf } from './filter-path.js';

/** Path of an object below the service root: `Catalog_X(guid'…')`. */
export function entityPath(set: EntitySet, row: Row): string {
  const [only, ...others] = set.key;
  if (only === 'SurrogateKey') return `${set.name}(SurrogateKey=0)`;
  if (others.length === 0) return `${set.name}(${keyLiteral(set, only!, row)})`;
  return `${set.name}(${set.key.map((name) => `${name}=${keyLiteral(set, name, row)}`).join(',')})`;
}

function keyLiteral(set: EntitySet, name: string, row: Row): string {
  const property = set.properties.get(name)!;
  const value = String(valueOf(row, property));
  if (property.type === 'Edm.Guid' || property.typeProperty !== undefined) return `guid'${value}'`;
  if (property.type === 'Edm.DateTime') return `datetime'${value}'`;
  return property.type === 'Edm.String' ? `'${value.replaceAll("'", "''")}'` : value;
}
