import type { ObjectKind, Property, Shape } from './edm.js';
import type { FieldList } from './object-table.js';

/** One object of the table before it becomes entity sets. */
export interface ObjectText {
  readonly kind: ObjectKind;
  readonly name: string;
  readonly words: readonly string[];
  readonly parts: ReadonlyMap<string, readonly string[]>;
  readonly sections: ReadonlyMap<string, readonly string[]>;
}

const SECTION = /^(dim|res|recorder|process|documents|accounts|calculation|ext):$/;

/** Reads one block of an object table: its head, lines of fields, tabular parts and sections. */
export function readObject(block: string): ObjectText {
  const [head, ...lines] = block.trim().split('\n');
  const [kind, name] = head!.split(' ') as [ObjectKind, string];
  const words: string[] = [];
  const parts = new Map<string, string[]>();
  const sections = new Map<string, string[]>();
  for (const line of lines) {
    const [first, ...rest] = line.trim().split(/\s+/) as [string, ...string[]];
    if (first.startsWith('[')) parts.set(first.slice(1, -1), rest);
    else if (SECTION.test(first)) sections.set(first.slice(0, -1), rest);
    else words.push(first, ...rest);
  }
  return { kind, name, words, parts, sections };
}

export const names = ({ properties: list }: FieldList): string[] => list.map(({ name }) => name);

/** Plain properties as a list of fields. */
export function properties(list: readonly Property[]): FieldList {
  return { properties: list, navigations: [], hasComposite: false };
}

export function merged(lists: readonly FieldList[]): FieldList {
  return {
    properties: lists.flatMap(({ properties: list }) => list),
    navigations: lists.flatMap(({ navigations }) => navigations),
    hasComposite: lists.some(({ hasComposite }) => hasComposite),
  };
}

export function shape(name: string, fields: FieldList, collections: ReadonlyMap<string, Shape> = new Map()): Shape {
  return {
    name,
    properties: new Map(fields.properties.map((property) => [property.name, property])),
    navigations: new Map(fields.navigations.map((navigation) => [navigation.name, navigation])),
    collections,
  };
}
