import type { EntitySet } from './edm.js';
import type { FieldList } from './object-table.js';
import { readFields, reference } from './object-table.js';
import { ACTIVE, CALCULATION_FIELDS, LINE, PERIOD, RECORD_TYPE } from './standard-fields.js';
import { merged, names, properties, shape, type ObjectText } from './object-text.js';

/** A register of its own, without recorders: its records are the entities. */
export function recordBook(object: ObjectText): EntitySet {
  const { dimensions, resources } = registerFields(object);
  const isPeriodic = object.words.includes('periodic');
  const period = isPeriodic ? [PERIOD] : [];
  const fields = merged([properties(period), dimensions, resources]);
  const key = [...period, ...dimensions.properties].map((property) => property.name);
  return {
    ...shape(`${object.kind}_${object.name}`, fields),
    ...{ kind: object.kind, key, isPeriodic, hasOpenType: fields.hasComposite },
    ...{ dimensions: names(dimensions), resources: names(resources) },
  };
}

/** A register written by recorders: the set of record sets and the set of single records. */
export function recordSets(object: ObjectText): EntitySet[] {
  const name = `${object.kind}_${object.name}`;
  const { dimensions, resources } = registerFields(object);
  const recorder = reference('Recorder', object.sections.get('recorder')![0]!.split('|'));
  const record = merged([...recordFields(object, recorder), dimensions, resources]);
  const register = { dimensions: names(dimensions), resources: names(resources), isPeriodic: true };
  const rowShape = shape(`${name}_RowType`, record);
  const key = recorder.properties.map((property) => property.name);
  const set: EntitySet = {
    ...shape(name, recorder, new Map([['RecordSet', rowShape]])),
    ...{ kind: object.kind, key, ...register, hasOpenType: recorder.hasComposite },
  };
  const recordKey = object.kind === 'InformationRegister' ? ['Period', ...names(dimensions)] : [...key, 'LineNumber'];
  const records: EntitySet = {
    ...shape(`${name}_RecordType`, record),
    ...{ kind: 'Records', key: recordKey, owner: name, collection: 'RecordSet', ...register },
    hasOpenType: record.hasComposite,
  };
  return [set, records];
}

/** What the records of each kind of register have before dimensions and resources. */
function recordFields({ kind, sections }: ObjectText, recorder: FieldList): FieldList[] {
  if (kind === 'CalculationRegister') {
    const type = reference('CalculationType', sections.get('calculation')!);
    return [recorder, properties([LINE, ACTIVE]), type, properties(CALCULATION_FIELDS)];
  }
  const head = [properties([PERIOD]), recorder, properties([LINE, ACTIVE])];
  if (kind === 'AccumulationRegister') return [...head, properties([RECORD_TYPE])];
  return kind === 'AccountingRegister' ? [...head, ...accountFields(sections)] : head;
}

/** Accounts of both sides, and their analytics. */
function accountFields(sections: ObjectText['sections']): FieldList[] {
  const chart = sections.get('accounts')!;
  const kinds = Number(sections.get('ext')?.[0] ?? 0);
  return ['Dr', 'Cr'].flatMap((side) => [
    reference(`Account${side}`, chart),
    ...Array.from({ length: kinds }, (_, nth) => readFields([`ExtDimension${side}${nth + 1}:s`])),
  ]);
}

function registerFields({ sections }: ObjectText) {
  return { dimensions: readFields(sections.get('dim') ?? []), resources: readFields(sections.get('res') ?? []) };
}
