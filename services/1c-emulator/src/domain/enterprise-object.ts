import { ENTERPRISE_OBJECTS } from './tables/enterprise-objects.js';

export interface EnterpriseField {
  readonly name: string;
  /** Property of the standard interface it comes from. */
  readonly property: string;
  readonly type: 'text' | 'date' | 'number' | 'boolean' | 'reference';
  /** Set a reference leads to. */
  readonly target?: string | undefined;
  /** Word of the property's text, from 0; the field cannot be written. */
  readonly word?: number | undefined;
}

/** One kind of object of EnterpriseData. */
export interface EnterpriseObject {
  /** `Справочник.Сотрудники` */
  readonly element: string;
  readonly set: string;
  readonly keyFields: readonly EnterpriseField[];
  readonly fields: readonly EnterpriseField[];
}

const TYPES: Readonly<Record<string, EnterpriseField['type']>> = { d: 'date', n: 'number', b: 'boolean' };

/** Kinds of objects in the order they go in a message: what is referred to comes first. */
export const ENTERPRISE_KINDS: readonly EnterpriseObject[] = ENTERPRISE_OBJECTS.trim()
  .split(/\n\s*\n/)
  .map(readKind);

function readKind(block: string): EnterpriseObject {
  const [head, key, own] = block.split('\n') as [string, string, string];
  const [element, set] = head.split(' ') as [string, string];
  return { element, set, keyFields: readFields(key), fields: readFields(own) };
}

function readFields(line: string): EnterpriseField[] {
  const [, ...words] = line.trim().split(/\s+/);
  return words.map((word): EnterpriseField => {
    const [name, reference, target] = word.split('>') as [string, string?, string?];
    if (reference !== undefined) return { name, property: reference, type: 'reference', target };
    const [both, type] = word.split(':') as [string, string?];
    const [own, source = own] = both.split('=') as [string, string?];
    const [property, part] = source.split('.') as [string, string?];
    const nth = part === undefined ? undefined : Number(part);
    return { name: own, property, type: TYPES[type ?? ''] ?? 'text', word: nth };
  });
}

export function enterpriseKind(element: string): EnterpriseObject | undefined {
  return ENTERPRISE_KINDS.find((kind) => kind.element === element);
}

/** Kind whose objects a set holds; records of a register belong to the set of their record sets too. */
export function enterpriseKindOf(set: string): EnterpriseObject | undefined {
  return ENTERPRISE_KINDS.find((kind) => kind.set === set || kind.set === `${set}_RecordType`);
}
