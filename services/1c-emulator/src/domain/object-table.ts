import type { EdmType, Navigation, Property } from './edm.js';

/** Fields of one line of the object table: properties with the navigations that go with them. */
export interface FieldList {
  readonly properties: readonly Property[];
  readonly navigations: readonly Navigation[];
  /** Whether any field is composite: its entity type is open. */
  readonly hasComposite: boolean;
}

const TYPES: Readonly<Record<string, EdmType>> = {
  s: 'Edm.String',
  d: 'Edm.DateTime',
  b: 'Edm.Boolean',
  g: 'Edm.Guid',
  i: 'Edm.Int64',
  w: 'Edm.Int16',
  n: 'Edm.Double',
};

/** @throws Error naming a field whose type the table does not define */
export function readFields(words: readonly string[]): FieldList {
  const lists = words.map(readField);
  return {
    properties: lists.flatMap(({ properties }) => properties),
    navigations: lists.flatMap(({ navigations }) => navigations),
    hasComposite: lists.some(({ hasComposite }) => hasComposite),
  };
}

function readField(word: string): FieldList {
  const at = word.indexOf('>');
  if (at > 0) return reference(word.slice(0, at), word.slice(at + 1).split('|'));
  const colon = word.indexOf(':');
  return plain(word.slice(0, colon), word.slice(colon + 1));
}

/** One target: `X_Key` and the navigation X; several: the value X, its X_Type and the navigation. */
export function reference(name: string, targets: readonly string[]): FieldList {
  if (targets.length === 1) {
    const keyProperty = `${name}_Key`;
    const navigation = { name, targets, keyProperty };
    return { properties: [{ name: keyProperty, type: 'Edm.Guid' }], navigations: [navigation], hasComposite: false };
  }
  const typeProperty = `${name}_Type`;
  return {
    properties: [
      { name, type: 'Edm.String', typeProperty },
      { name: typeProperty, type: 'Edm.String' },
    ],
    navigations: [{ name, targets, keyProperty: name, typeProperty }],
    hasComposite: true,
  };
}

function plain(name: string, type: string): FieldList {
  const none = { navigations: [], hasComposite: false };
  if (type === 'v') {
    const binary: Property = { name: `${name}_Base64Data`, type: 'Edm.Binary' };
    return { ...none, properties: [{ name: `${name}_Type`, type: 'Edm.String' }, binary] };
  }
  const enumeration = /^e\((.+)\)$/.exec(type)?.[1];
  if (enumeration !== undefined) return { ...none, properties: [{ name, type: 'Edm.String', enumeration }] };
  const edm = TYPES[type.charAt(0)];
  if (edm === undefined) throw new Error(`field ${name}: no type ${type}`);
  const length = Number(type.slice(1));
  return { ...none, properties: [{ name, type: edm, ...(length > 0 ? { maxLength: length } : {}) }] };
}
