import { EMPTY_MOMENT, ZERO_GUID, type Scalar } from './row.js';

/** Types of the standard interface's entity model (1c.md 2.1, Types). */
export type EdmType =
  | 'Edm.String'
  | 'Edm.DateTime'
  | 'Edm.Int16'
  | 'Edm.Int32'
  | 'Edm.Int64'
  | 'Edm.Double'
  | 'Edm.Boolean'
  | 'Edm.Guid'
  | 'Edm.Binary';

export const EMPTY_VALUES: Readonly<Record<EdmType, Scalar>> = {
  'Edm.String': '',
  'Edm.DateTime': EMPTY_MOMENT,
  'Edm.Int16': 0,
  'Edm.Int32': 0,
  'Edm.Int64': 0,
  'Edm.Double': 0,
  'Edm.Boolean': false,
  'Edm.Guid': ZERO_GUID,
  'Edm.Binary': '',
};

export interface Property {
  readonly name: string;
  readonly type: EdmType;
  readonly maxLength?: number | undefined;
  /** Enumeration whose member names the string holds. */
  readonly enumeration?: string | undefined;
  /** Set for the value half of a composite field: the name of its `_Type` half. */
  readonly typeProperty?: string | undefined;
}

/** A reference that can be followed. */
export interface Navigation {
  readonly name: string;
  /** Sets it may lead to; one unless the field is composite. */
  readonly targets: readonly string[];
  /** Property that holds the key. */
  readonly keyProperty: string;
  /** Property that names the set, of a composite field. */
  readonly typeProperty?: string | undefined;
}

/** Fields of an entity, a record or a row. */
export interface Shape {
  readonly name: string;
  readonly properties: ReadonlyMap<string, Property>;
  readonly navigations: ReadonlyMap<string, Navigation>;
  /** Tabular parts, or the record set of a register. */
  readonly collections: ReadonlyMap<string, Shape>;
}

export type ObjectKind =
  | 'Catalog'
  | 'Document'
  | 'ExchangePlan'
  | 'Constant'
  | 'InformationRegister'
  | 'AccumulationRegister'
  | 'AccountingRegister'
  | 'CalculationRegister'
  | 'BusinessProcess'
  | 'Task'
  | 'ChartOfAccounts'
  | 'ChartOfCalculationTypes'
  | 'ChartOfCharacteristicTypes'
  /** Documents of several kinds in one list: read only. */
  | 'DocumentJournal'
  /** Rows of a tabular part and single records: read only. */
  | 'Rows'
  | 'Records';

export interface EntitySet extends Shape {
  readonly kind: ObjectKind;
  readonly key: readonly string[];
  /** Set the rows or records belong to. */
  readonly owner?: string | undefined;
  /** Collection of the owner they are the elements of. */
  readonly collection?: string | undefined;
  /** Dimensions of a register. */
  readonly dimensions: readonly string[];
  readonly resources: readonly string[];
  readonly isPeriodic: boolean;
  readonly hasOpenType: boolean;
  /** Sets a journal lists. */
  readonly documents?: readonly string[] | undefined;
}

export const NAMESPACE = 'StandardODATA';

/** `Catalog_X` out of `StandardODATA.Catalog_X`. */
export function bareType(name: string): string {
  return name.startsWith(`${NAMESPACE}.`) ? name.slice(NAMESPACE.length + 1) : name;
}
