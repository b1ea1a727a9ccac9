import type { EntitySet } from './edm.js';
import { readFields, reference, type FieldList } from './object-table.js';
import { merged, properties, readObject, shape, type ObjectText } from './object-text.js';
import { recordBook, recordSets } from './register-sets.js';
import { JOURNAL_FIELDS, LINE, REF, standardFields, SURROGATE_KEY, text } from './standard-fields.js';

const NO_REGISTER = { dimensions: [], resources: [], isPeriodic: false };
const CLOSED = { ...NO_REGISTER, hasOpenType: false };

/** Entity sets of the objects a table describes. @throws Error naming what it cannot read */
export function readObjects(table: string): EntitySet[] {
  return table
    .trim()
    .split(/\n\s*\n/)
    .map(readObject)
    .flatMap(setsOf);
}

function setsOf(object: ObjectText): EntitySet[] {
  if (object.kind === 'Constant') return [constantSet(object)];
  if (object.kind === 'DocumentJournal') return [journalSet(object)];
  if (object.sections.has('dim')) return object.sections.has('recorder') ? recordSets(object) : [recordBook(object)];
  return referenceSets(object);
}

function constantSet({ name, words }: ObjectText): EntitySet {
  const fields = merged([properties([SURROGATE_KEY]), readFields(words)]);
  return { ...shape(`Constant_${name}`, fields), kind: 'Constant', key: ['SurrogateKey'], ...CLOSED };
}

/** A journal: one row per document, told by `Ref` and `Ref_Type` however many kinds of documents it shows. */
function journalSet({ name, words, sections }: ObjectText): EntitySet {
  const documents = sections.get('documents')![0]!.split('|');
  const ref = {
    properties: [{ ...text('Ref'), typeProperty: 'Ref_Type' }, text('Ref_Type')],
    navigations: [{ name: 'Ref', targets: documents, keyProperty: 'Ref', typeProperty: 'Ref_Type' }],
    hasComposite: true,
  };
  const fields = merged([ref, properties(JOURNAL_FIELDS), readFields(words)]);
  return {
    ...shape(`DocumentJournal_${name}`, fields),
    ...{ kind: 'DocumentJournal', key: ['Ref', 'Ref_Type'], ...NO_REGISTER, hasOpenType: true, documents },
  };
}

function referenceSets(object: ObjectText): EntitySet[] {
  const name = `${object.kind}_${object.name}`;
  const own = objectFields(object, name);
  const rows = [...partsOf(object)].map(([part, words]) => {
    const fields = merged([properties([REF, LINE]), readFields(words)]);
    return [part, shape(`${name}_${part}`, fields)] as const;
  });
  const main: EntitySet = {
    ...shape(name, own, new Map(rows)),
    ...{ kind: object.kind, key: ['Ref_Key'], ...NO_REGISTER, hasOpenType: own.hasComposite },
  };
  const partSets = rows.map(([part, part_]): EntitySet => ({
    ...part_,
    ...{ kind: 'Rows', key: ['Ref_Key', 'LineNumber'], owner: name, collection: part, ...CLOSED },
  }));
  return [main, ...partSets];
}

/** Tabular parts of the table, and those an object of its kind always has. */
function partsOf({ kind, name, parts }: ObjectText): ReadonlyMap<string, readonly string[]> {
  if (kind !== 'ChartOfCalculationTypes') return parts;
  const own = `ChartOfCalculationTypes_${name}`;
  const standard = ['BaseCalculationTypes', 'LeadingCalculationTypes', 'DisplacingCalculationTypes'];
  return new Map([...parts, ...standard.map((part) => [part, [`CalculationType>${own}`, 'Predefined:b']] as const)]);
}

/** `code:9 name:150 tree parent owner>Set` are the standard attributes an object of the table asks for. */
function objectFields({ words, kind, sections }: ObjectText, name: string): FieldList {
  const standard = standardFields(kind);
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
  if (kind === 'Task') lists.push(reference('BusinessProcess', sections.get('process')![0]!.split('|')));
  return merged([properties(standard), ...lists, readFields(rest)]);
}
