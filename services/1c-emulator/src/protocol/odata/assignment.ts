import { NAMESPACE, type EntitySet, type Property, type Shape } from '../../domain/edm.js';
import type { Scalar } from '../../domain/row.js';
import type { SentObject } from './body-reader.js';
import { guidOf, momentOf } from './literal.js';
import { odataFailure } from './odata-failure.js';

export interface Assigned {
  readonly values: Record<string, Scalar>;
  readonly parts: Record<string, Record<string, Scalar>[]>;
}

const BIND = '@odata.bind';
const MAX_ROWS = 100_000;
const BOUND = /(?:^|\/)([\p{L}\d_]+)\(guid'([^']*)'\)$/u;

/** Takes over what a caller sent, as leniently as 1C does: unknown fields and unreadable numbers are passed over, long text is cut. */
export function assigned(set: EntitySet, sent: SentObject): Assigned {
  const values = assignedValues(set, sent);
  const parts: Assigned['parts'] = {};
  for (const [name, shape] of set.collections) {
    if (Object.hasOwn(sent, name) && sent[name] !== null) parts[name] = assignedRows(shape, name, sent[name]);
  }
  return { values, parts };
}

function assignedValues(shape: Shape, sent: SentObject): Record<string, Scalar> {
  const values: Record<string, Scalar> = {};
  for (const [name, value] of Object.entries(sent)) {
    if (name.endsWith(BIND)) Object.assign(values, bound(shape, name.slice(0, -BIND.length), value));
    const property = shape.properties.get(name);
    if (property === undefined || value === undefined || value === null) continue;
    const taken = assignedValue(property, value);
    if (taken !== undefined) values[name] = taken;
  }
  return values;
}

/** `"Поле@odata.bind": "Catalog_X(guid'…')"`, absolute or relative. */
function bound(shape: Shape, name: string, value: unknown): Record<string, Scalar> {
  const navigation = shape.navigations.get(name);
  const found = typeof value === 'string' ? BOUND.exec(value) : null;
  if (navigation === undefined || found === null) throw odataFailure('cannot-assign', name);
  const values: Record<string, Scalar> = { [navigation.keyProperty]: guidOf(found[2]!) };
  if (navigation.typeProperty !== undefined) values[navigation.typeProperty] = `${NAMESPACE}.${found[1]!}`;
  return values;
}

type Take = (text: string, property: Property) => Scalar | undefined;

const TAKES: Readonly<Partial<Record<Property['type'], Take>>> = {
  'Edm.Guid': (text) => guidOf(text),
  'Edm.DateTime': (text) => momentOf(text),
  'Edm.Boolean': (text) => {
    if (text !== 'true' && text !== 'false') throw odataFailure('cannot-parse', text, 'Edm.Boolean');
    return text === 'true';
  },
  'Edm.String': (text, { maxLength }) => (maxLength === undefined ? text : text.slice(0, maxLength)),
  'Edm.Binary': (text) => text,
};

const takeNumber: Take = (text, property) =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? numberOf(property, Number(text)) : undefined;

/** undefined: passed over without a word. @throws ProtocolError: 1 for guids, moments and booleans, -1 for structure in place of text */
function assignedValue(property: Property, value: unknown): Scalar | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw odataFailure('internal');
  }
  return (TAKES[property.type] ?? takeNumber)(String(value), property);
}

function numberOf({ type }: Property, value: number): number {
  return type === 'Edm.Double' ? value : Math.trunc(value);
}

/** A tabular part as a whole: `LineNumber` is needed in every row and runs from 1. */
function assignedRows(shape: Shape, name: string, sent: unknown): Record<string, Scalar>[] {
  if (!Array.isArray(sent) || sent.length > MAX_ROWS) throw odataFailure('internal');
  return sent.map((row: unknown, nth) => {
    if (typeof row !== 'object' || row === null) throw odataFailure('internal');
    const values = assignedValues(shape, row as SentObject);
    if (values['LineNumber'] === undefined) throw odataFailure('line-number-missing');
    if (values['LineNumber'] !== nth + 1) throw odataFailure('bad-value', `${name}/LineNumber`);
    return values;
  });
}
