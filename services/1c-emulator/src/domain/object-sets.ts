import type { EntitySet, ObjectKind, Property, Shape } from './edm.js';
import { readFields, reference, type FieldList } from './object-table.js';

/** One object of the table before it becomes entity sets. */
interface ObjectText {
  readonly kind: ObjectKind;
  readonly name: string;
  readonly words: readonly string[];
  readonly parts: ReadonlyMap<string, readonly string[]>;
  readonly sections: ReadonlyMap<string, readonly string[]>;
}

const text = (name: string, maxLength?: number): Property => ({ name, type: 'Edm.String', maxLength });
const REF: Property = { name: 'Ref_Key', type: 'Edm.Guid' };
const VERSION = text('DataVersion');
const MARK: Property = { name: 'DeletionMark', type: 'Edm.Boolean' };
const LINE: Property = { name: 'LineNumber', type: 'Edm.Int64' };
const PERIOD: Property = { name: 'Period', type: 'Edm.DateTime' };
const ACTIVE: Property = { name: 'Active', type: 'Edm.Boolean' };
const DOCUMENT_FIELDS: readonly Property[] = [
  text('Number', 11),
  { name: 'Date', type: 'Edm.DateTime' },
  { name: 'Posted', type: 'Edm.Boolean' },
];
const NO_REGISTER = { dimensions: [], resources: [], isPeriodic: false };

/** Entity sets of the objects a table describes. @throws Error naming what it cannot read */
export function readObjects(table: string): EntitySet[] {
  return table
    .trim()
    .split(/\n\s*\n/)
    .map(readObject)
    .flatMap(setsOf);
}

function readObject(block: string): ObjectText {
  const [head, ...lines] = block.trim().split('\n');
  const [kind, name] = head!.split(' ') as [ObjectKind, string];
  const words: string[] = [];
  const parts = new Map<string, string[]>();
  const sections = new Map<string, string[]>();
  for (const line of lines) {
    const [first, ...rest] = line.trim().split(/\s+/) as [string, ...string[]];
    if (first.startsWith('[')) parts.set(first.slice(1, -1), rest);
    else if (/^(dim|res|recorder):$/.test(first)) sections.set(first.slice(0, -1), rest);
    else words.push(first, ...rest);
  }
  return { kind, name, words, parts, sections };
}

function setsOf(object: ObjectText): EntitySet[] {
  if (object.kind === 'Constant') return [constantSet(object)];
  if (object.sections.has('dim')) return object.sections.has('recorder') ? recordSets(object) : [recordBook(object)];
  return referenceSets(object);
}

function constantSet({ name, words }: ObjectText): EntitySet {
  const fields = readFields(words);
  const properties: Property[] = [{ name: 'SurrogateKey', type: 'Edm.Int16' }, ...fields.properties];
  return {
    ...shape(`Constant_${name}`, { ...fields, properties }),
    kind: 'Constant',
    key: ['SurrogateKey'],
    ...closed(),
  };
}

function referenceSets(object: ObjectText): EntitySet[] {
  const name = `${object.kind}_${object.name}`;
  const own = object.kind === 'Document' ? documentFields(object) : catalogFields(object, name);
  const rows = [...object.parts].map(([part, words]) => {
    const fields = readFields(words);
    return [part, shape(`${name}_${part}`, { ...fields, properties: [REF, LINE, ...fields.properties] })] as const;
  });
  const main: EntitySet = {
    ...shape(name, own, new Map(rows)),
    ...{ kind: object.kind, key: ['Ref_Key'], ...NO_REGISTER, hasOpenType: own.hasComposite },
  };
  const partSets = rows.map(([part, part_]): EntitySet => ({
    ...part_,
    ...{ kind: 'Rows', key: ['Ref_Key', 'LineNumber'], owner: name, collection: part, ...closed() },
  }));
  return [main, ...partSets];
}

function documentFields({ words }: ObjectText): FieldList {
  const fields = readFields(words);
  return { ...fields, properties: [REF, VERSION, MARK, ...DOCUMENT_FIELDS, ...fields.properties] };
}

/** `code:9 name:150 tree parent owner>Set` are the standard attributes an object of the table asks for. */
function catalogFields({ words, kind }: ObjectText, name: string): FieldList {
  const standard: Property[] = [REF, VERSION, MARK];
  if (kind === 'Catalog') standard.push({ name: 'Predefined', type: 'Edm.Boolean' }, text('PredefinedDataName'));
  const lists: FieldList[] = [];
  const rest: string[] = [];
  for (const word of words) {
    if (word.startsWith('code:')) standard.push(text('Code', Number(word.slice(5))));
    else if (word.startsWith('name:')) standard.push(text('Description', Number(word.slice(5))));
    else if (word.startsWith('owner>')) lists.push(reference('Owner', word.slice(6).split('|')));
    else if (word === 'tree' || word === 'parent') {
      lists.push(reference('Parent', [name]));
      if (word === 'tree') standard.push({ name: 'IsFolder', type: 'Edm.Boolean' });
    } else rest.push(word);
  }
  return merged([{ properties: standard, navigations: [], hasComposite: false }, ...lists, readFields(rest)]);
}

/** A register of its own, without recorders: its records are the entities. */
function recordBook(object: ObjectText): EntitySet {
  const { dimensions, resources } = registerFields(object);
  const isPeriodic = object.words.includes('periodic');
  const period = isPeriodic ? [PERIOD] : [];
  const fields = merged([{ properties: period, navigations: [], hasComposite: false }, dimensions, resources]);
  const key = [...period, ...dimensions.properties].map((property) => property.name);
  return {
    ...shape(`${object.kind}_${object.name}`, fields),
    ...{ kind: object.kind, key, isPeriodic, hasOpenType: fields.hasComposite },
    ...{ dimensions: names(dimensions), resources: names(resources) },
  };
}

/** A register written by recorders: the set of record sets and the set of single records. */
function recordSets(object: ObjectText): EntitySet[] {
  const name = `${object.kind}_${object.name}`;
  const { dimensions, resources } = registerFields(object);
  const recorder = reference('Recorder', object.sections.get('recorder')![0]!.split('|'));
  const kindOfMove = object.kind === 'AccumulationRegister' ? [text('RecordType')] : [];
  const head = { properties: [PERIOD], navigations: [], hasComposite: false };
  const tail = { properties: [LINE, ACTIVE, ...kindOfMove], navigations: [], hasComposite: false };
  const record = merged([head, recorder, tail, dimensions, resources]);
  const register = { dimensions: names(dimensions), resources: names(resources), isPeriodic: true };
  const rowShape = shape(`${name}_RowType`, record);
  const key = recorder.properties.map((property) => property.name);
  const set: EntitySet = {
    ...shape(name, recorder, new Map([['RecordSet', rowShape]])),
    ...{ kind: object.kind, key, ...register, hasOpenType: recorder.hasComposite },
  };
  const recordKey = object.kind === 'AccumulationRegister' ? [...key, 'LineNumber'] : ['Period', ...names(dimensions)];
  const records: EntitySet = {
    ...shape(`${name}_RecordType`, record),
    ...{ kind: 'Records', key: recordKey, owner: name, collection: 'RecordSet', ...register },
    hasOpenType: record.hasComposite,
  };
  return [set, records];
}

function registerFields({ sections }: ObjectText) {
  return { dimensions: readFields(sections.get('dim') ?? []), resources: readFields(sections.get('res') ?? []) };
}

function closed() {
  return { ...NO_REGISTER, hasOpenType: false };
}

const names = ({ properties }: FieldList): string[] => properties.map(({ name }) => name);

function merged(lists: readonly FieldList[]): FieldList {
  return {
    properties: lists.flatMap(({ properties }) => properties),
    navigations: lists.flatMap(({ navigations }) => navigations),
    hasComposite: lists.some(({ hasComposite }) => hasComposite),
  };
}

function shape(name: string, fields: FieldList, collections: ReadonlyMap<string, Shape> = new Map()): Shape {
  return {
    name,
    properties: new Map(fields.properties.map((property) => [property.name, property])),
    navigations: new Map(fields.navigations.map((navigation) => [navigation.name, navigation])),
    collections,
  };
}
