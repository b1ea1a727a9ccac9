import type { ObjectKind, Property } from './edm.js';

const text = (name: string, maxLength?: number): Property => ({ name, type: 'Edm.String', maxLength });
const flag = (name: string): Property => ({ name, type: 'Edm.Boolean' });
const moment = (name: string): Property => ({ name, type: 'Edm.DateTime' });

export const REF: Property = { name: 'Ref_Key', type: 'Edm.Guid' };
export const LINE: Property = { name: 'LineNumber', type: 'Edm.Int64' };
export const PERIOD = moment('Period');
export const ACTIVE = flag('Active');
export const RECORD_TYPE = text('RecordType');
export const SURROGATE_KEY: Property = { name: 'SurrogateKey', type: 'Edm.Int16' };

const OBJECT: readonly Property[] = [REF, text('DataVersion'), flag('DeletionMark')];
const PREDEFINED: readonly Property[] = [flag('Predefined'), text('PredefinedDataName')];
const NUMBERED: readonly Property[] = [text('Number', 11), moment('Date')];

/** Attributes every object of a kind has (1c.md 2.1, Types). */
const STANDARD: Readonly<Partial<Record<ObjectKind, readonly Property[]>>> = {
  Catalog: PREDEFINED,
  ChartOfCharacteristicTypes: PREDEFINED,
  ChartOfCalculationTypes: [...PREDEFINED, flag('ActionPeriodIsBasic')],
  ChartOfAccounts: [...PREDEFINED, text('Order', 9), text('Type'), flag('OffBalance')],
  Document: [...NUMBERED, flag('Posted')],
  BusinessProcess: [...NUMBERED, flag('Started'), flag('Completed')],
  Task: [...NUMBERED, text('Description', 150), text('RoutePoint'), flag('Executed')],
};

export function standardFields(kind: ObjectKind): Property[] {
  return [...OBJECT, ...(STANDARD[kind] ?? [])];
}

/** Columns every journal has beside the reference to the document. */
export const JOURNAL_FIELDS: readonly Property[] = [flag('DeletionMark'), ...NUMBERED, flag('Posted')];

/** What every record of a calculation register tells of time. */
export const CALCULATION_FIELDS: readonly Property[] = [
  ...['RegistrationPeriod', 'ActionPeriod', 'BegOfActionPeriod', 'EndOfActionPeriod'].map(moment),
  ...['BegOfBasePeriod', 'EndOfBasePeriod'].map(moment),
  flag('ReversingEntry'),
];

export { text };
