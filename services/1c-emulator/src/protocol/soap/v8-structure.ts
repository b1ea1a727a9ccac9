import type { Scalar } from '../../domain/row.js';
import { xmlMember, xmlMembers, xmlTextOf, type XmlValue } from '../xml/xml-tree.js';
import { xmlText } from '../xml/xml-text.js';
import { WrittenXml } from './web-service.js';
import { V8_CORE } from './wsdl-packages.js';

/** Type of Структура in 1C's own notation of values. */
const STRUCTURE_TYPE = '4238019d-7e49-4fc9-91db-b6b951d5cf8e';
const MAX_MEMBERS = 1000;

/** A v8:Structure as XDTO writes it. */
export function structureXml(members: Readonly<Record<string, Scalar>>): WrittenXml {
  const properties = Object.entries(members).map(
    ([name, value]) =>
      `<v8:Property name="${name}"><v8:Value xsi:type="xs:${typeName(value)}">${xmlText(String(value))}</v8:Value></v8:Property>`,
  );
  return new WrittenXml(properties.join(''), `xmlns:v8="${V8_CORE}"`);
}

/** The same in the notation of ЗначениеВСтрокуВнутр. */
export function internalStructure(members: Readonly<Record<string, Scalar>>): string {
  const items = Object.entries(members).map(([name, value]) => `{{"S","${name}"},${internal(value)}}`);
  return `{"#",${STRUCTURE_TYPE},{${items.length},${items.join(',')}}}`;
}

function internal(value: Scalar): string {
  if (typeof value === 'boolean') return `{"B",${value ? 1 : 0}}`;
  return typeof value === 'number' ? `{"N",${value}}` : `{"S","${value.replaceAll('"', '""')}"}`;
}

function typeName(value: Scalar): string {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'decimal';
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(value) ? 'dateTime' : 'string';
}

/** Texts of the members of a v8:Structure; those of structures within it count as its own unless it has them. */
export function structureMembers(structure: XmlValue): Map<string, string> {
  const members = new Map<string, string>();
  const waiting = [structure];
  while (waiting.length > 0 && members.size < MAX_MEMBERS) {
    for (const property of xmlMembers(waiting.shift(), 'Property').slice(0, MAX_MEMBERS)) {
      const name = xmlTextOf(xmlMember(property, '@name'));
      const value = xmlMembers(property, 'Value')[0];
      if (name !== '' && !members.has(name)) members.set(name, xmlTextOf(value));
      waiting.push(value);
    }
  }
  return members;
}

/** Texts of the elements of a v8:Array. */
export function arrayTexts(array: XmlValue): string[] {
  return xmlMembers(array, 'Value')
    .slice(0, MAX_MEMBERS)
    .map((value) => xmlTextOf(value).trim());
}
