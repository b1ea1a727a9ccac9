import type { EnterpriseField, EnterpriseObject } from '../../domain/enterprise-object.js';
import { ENTERPRISE_KINDS } from '../../domain/enterprise-object.js';
import { EMPTY_MOMENT, ZERO_GUID, type Row, type Scalar } from '../../domain/row.js';
import { xmlMember, xmlMembers, xmlTextOf, type XmlValue } from '../xml/xml-tree.js';
import { xmlText } from '../xml/xml-text.js';

/** Finds what a reference leads to. */
export type FindRow = (set: string, key: string) => Row | undefined;

/** References within key fields are followed so far: an employee shows his person, a person nothing more. */
const MAX_REFERENCES = 2;
const KEYS = 'КлючевыеСвойства';
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An object as EnterpriseData writes it: key fields first, then its own; what is empty is left out (1c.md 2.5). */
export function writeObject({ element, keyFields, fields }: EnterpriseObject, row: Row, find: FindRow): string {
  const keys = keyFields.map((field) => written(field, row, { find, left: MAX_REFERENCES }));
  const own = fields.map((field) => written(field, row, { find, left: MAX_REFERENCES }));
  return `<${element}><${KEYS}>${keys.join('')}</${KEYS}>${own.join('')}</${element}>`;
}

/** That an object was removed. */
export function writeRemoval({ element }: EnterpriseObject, key: string): string {
  const name = element.slice(element.indexOf('.') + 1);
  const link = 'СсылкаНаОбъект';
  return `<УдалениеОбъекта><${link}><${link}><${name}>${xmlText(key)}</${name}></${link}></${link}></УдалениеОбъекта>`;
}

interface Following {
  readonly find: FindRow;
  readonly left: number;
}

function written(field: EnterpriseField, row: Row, following: Following): string {
  const value = row.get(field.property);
  const text = field.type === 'reference' ? reference(field, value, following) : plain(field, value);
  return text === '' ? '' : `<${field.name}>${text}</${field.name}>`;
}

function plain({ type, word }: EnterpriseField, value: Scalar | undefined): string {
  if (value === undefined || value === '' || value === EMPTY_MOMENT) return '';
  if (type === 'date') return xmlText(String(value).slice(0, 10));
  if (word === undefined) return xmlText(String(value));
  const words = String(value).split(' ');
  return xmlText(word === 2 ? words.slice(2).join(' ') : (words[word] ?? ''));
}

function reference({ target }: EnterpriseField, value: Scalar | undefined, { find, left }: Following): string {
  const key = String(value ?? ZERO_GUID);
  if (key === ZERO_GUID || !GUID.test(key)) return '';
  const kind = ENTERPRISE_KINDS.find(({ set }) => set === target);
  const found = left > 0 && kind !== undefined ? find(kind.set, key) : undefined;
  if (found === undefined) return `<Ссылка>${xmlText(key)}</Ссылка>`;
  return kind!.keyFields.map((field) => written(field, found, { find, left: left - 1 })).join('');
}

/** What a message says of one object: values of the standard interface by property, the key apart. */
export interface ReadObject {
  readonly refKey: string;
  readonly values: Readonly<Record<string, Scalar>>;
}

/** Reads an object that has a link of its own; undefined when it has none, or the link is no guid. */
export function readObject({ keyFields, fields }: EnterpriseObject, element: XmlValue): ReadObject | undefined {
  const keys = xmlMembers(element, KEYS)[0];
  const refKey = xmlTextOf(xmlMember(keys, 'Ссылка')).trim().toLowerCase();
  if (!GUID.test(refKey)) return undefined;
  const values: Record<string, Scalar> = {};
  for (const field of keyFields) assign(values, field, xmlMembers(keys, field.name)[0]);
  for (const field of fields) assign(values, field, xmlMembers(element, field.name)[0]);
  delete values['Ref_Key'];
  return { refKey, values };
}

function assign(values: Record<string, Scalar>, field: EnterpriseField, given: XmlValue): void {
  if (given === undefined || field.word !== undefined) return;
  const value = READ[field.type](given);
  if (value !== undefined) values[field.property] = value;
}

const READ: Readonly<Record<EnterpriseField['type'], (given: XmlValue) => Scalar | undefined>> = {
  text: (given) => xmlTextOf(given).slice(0, 10_000),
  number: (given) => {
    const number = Number(xmlTextOf(given));
    return Number.isFinite(number) ? number : undefined;
  },
  boolean: (given) => ['true', '1'].includes(xmlTextOf(given).trim()),
  date: (given) => {
    const found = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}))?/.exec(xmlTextOf(given).trim());
    return found === null ? undefined : `${found[1]!}T${found[2] ?? '00:00:00'}`;
  },
  reference: (given) => {
    const key = xmlTextOf(xmlMember(given, 'Ссылка')).trim().toLowerCase();
    return GUID.test(key) ? key : undefined;
  },
};
