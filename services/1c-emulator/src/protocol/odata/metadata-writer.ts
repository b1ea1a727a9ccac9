import type { Configuration } from '../../domain/configuration.js';
import { NAMESPACE, type EntitySet, type ObjectKind, type Property, type Shape } from '../../domain/edm.js';
import { METHODS_OF, tablesOf, type ObjectMethod, type VirtualTable } from './address.js';
import { ADO_METADATA } from './atom-writer.js';
import { breathe } from './breathing.js';
import { totalsShape } from './table-shapes.js';
import { xmlText } from '../xml/xml-text.js';

const EDMX = 'http://schemas.microsoft.com/ado/2007/06/edmx';
const EDM = 'http://schemas.microsoft.com/ado/2009/11/edm';
const TABLE_ARGUMENTS: Readonly<Record<VirtualTable, readonly string[]>> = {
  SliceLast: ['Condition', 'Period'],
  SliceFirst: ['Condition', 'Period'],
  Balance: ['Condition', 'Dimensions', 'Period'],
  Turnovers: ['Condition', 'Dimensions', 'EndPeriod', 'StartPeriod'],
  BalanceAndTurnovers: ['Condition', 'Dimensions', 'EndPeriod', 'StartPeriod'],
};
const METHOD_ARGUMENTS: Readonly<Partial<Record<ObjectMethod, string>>> = {
  Post: '<Parameter Name="PostingModeOperational" Type="Edm.Boolean"/>',
  Start: '<Parameter Name="RoutePoint" Type="Edm.String"/>',
};
const TOTALS: readonly ObjectKind[] = ['AccumulationRegister', 'AccountingRegister'];
const SETS_AT_A_TIME = 100;
const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>' +
  `<edmx:Edmx xmlns:edmx="${EDMX}" Version="1.0">` +
  `<edmx:DataServices xmlns:m="${ADO_METADATA}" m:DataServiceVersion="3.0" m:MaxDataServiceVersion="3.0">` +
  `<Schema xmlns="${EDM}" Namespace="${NAMESPACE}">`;

/** What each entity set adds to the parts of the document, in the order of the parts. */
const SECTIONS: readonly ((set: EntitySet) => string)[] = [
  entityType,
  (set) => complexTypes(set).join(''),
  (set) => associations(set).join(''),
  ({ name }) => `<EntitySet Name="${name}" EntityType="${NAMESPACE}.${name}"/>`,
  (set) => functions(set).join(''),
];

/**
 * `$metadata`: always XML, no AssociationSets, functions bound by the type of their first parameter (1c.md 2.1). Written a few sets at a time:
 * the document of a whole ЗУП has megabytes.
 */
export async function metadataDocument(configuration: Configuration): Promise<Buffer> {
  const parts: Buffer[][] = SECTIONS.map(() => []);
  let sets: EntitySet[] = [];
  const write = (): void => {
    SECTIONS.forEach((section, nth) => parts[nth]!.push(Buffer.from(sets.map(section).join(''))));
    sets = [];
  };
  for (const set of configuration.sets) {
    if (sets.push(set) < SETS_AT_A_TIME) continue;
    write();
    await breathe();
  }
  write();
  const [types, complex, links, names, calls] = parts as [Buffer[], Buffer[], Buffer[], Buffer[], Buffer[]];
  return Buffer.concat([
    ...[Buffer.from(HEAD), ...types, ...complex, Buffer.from(enumTypes(configuration).join('')), ...links],
    Buffer.from('<EntityContainer Name="EnterpriseV8" m:IsDefaultEntityContainer="true">'),
    ...[...names, ...calls, Buffer.from('</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>')],
  ]);
}

function entityType(set: EntitySet): string {
  const open = set.hasOpenType ? ' OpenType="true"' : '';
  const keys = set.key.map((name) => `<PropertyRef Name="${name}"/>`).join('');
  const links = [...set.navigations.values()]
    .filter(({ targets }) => targets.length === 1)
    .map(({ name }) => {
      const relationship = `${NAMESPACE}.${set.name}_${name}`;
      return `<NavigationProperty Name="${name}" Relationship="${relationship}" FromRole="Begin" ToRole="End"/>`;
    });
  return `<EntityType Name="${set.name}"${open}><Key>${keys}</Key>${members(set, set.key)}${links.join('')}</EntityType>`;
}

function members(shape: Shape, keys: readonly string[]): string {
  const own = [...shape.properties.values()].map((property) => propertyElement(property, keys.includes(property.name)));
  const collections = [...shape.collections].map(
    ([name, rows]) => `<Property Name="${name}" Type="Collection(${NAMESPACE}.${rowType(rows)})" Nullable="true"/>`,
  );
  return [...own, ...collections].join('');
}

function propertyElement({ name, type, maxLength, enumeration }: Property, isKey: boolean): string {
  const length = maxLength === undefined ? '' : ` MaxLength="${maxLength}"`;
  const shown = enumeration === undefined ? type : `${NAMESPACE}.${enumeration}`;
  return `<Property Name="${name}" Type="${shown}" Nullable="${!isKey}"${length}/>`;
}

function rowType({ name }: Shape): string {
  return name.endsWith('_RowType') ? name : `${name}_RowType`;
}

function complexTypes(set: EntitySet): string[] {
  const rows = [...set.collections.values()].map(
    (shape) => `<ComplexType Name="${rowType(shape)}">${members(shape, [])}</ComplexType>`,
  );
  const tables = (TOTALS.includes(set.kind) ? tablesOf(set) : []).map((table) => {
    const shape = totalsShape(set, table);
    return `<ComplexType Name="${shape.name}">${members(shape, [])}</ComplexType>`;
  });
  return [...rows, ...tables];
}

function enumTypes({ enumerations }: Configuration): string[] {
  return Object.entries(enumerations).map(([name, values]) => {
    const inner = values.map((value, nth) => `<Member Name="${value}" Value="${nth}"/>`).join('');
    return `<EnumType Name="${xmlText(name)}">${inner}</EnumType>`;
  });
}

function associations({ name, navigations }: EntitySet): string[] {
  return [...navigations.values()]
    .filter(({ targets }) => targets.length === 1)
    .map(
      ({ name: link, targets }) =>
        `<Association Name="${name}_${link}"><End Role="Begin" Type="${NAMESPACE}.${name}" Multiplicity="*"/>` +
        `<End Role="End" Type="${NAMESPACE}.${targets[0]}" Multiplicity="0..1"/></Association>`,
    );
}

function functions(set: EntitySet): string[] {
  const binding = `<Parameter Name="bindingParameter" Type="${NAMESPACE}.${set.name}"/>`;
  const methods = METHODS_OF[set.kind];
  if (methods !== undefined) {
    return methods.map(
      (method) =>
        `<FunctionImport Name="${method}" IsBindable="true" IsSideEffecting="true" m:HttpMethod="POST">` +
        `${binding}${METHOD_ARGUMENTS[method] ?? ''}</FunctionImport>`,
    );
  }
  // the slices of a register that recorders write are bound to its single records
  if (set.collections.has('RecordSet') && set.kind === 'InformationRegister') return [];
  return tablesOf(set).map((table) => {
    const result = TOTALS.includes(set.kind) ? totalsShape(set, table).name : set.name;
    const account = set.kind === 'AccountingRegister' ? ['AccountCondition'] : [];
    const parameters = [...account, ...TABLE_ARGUMENTS[table]].map(
      (name) => `<Parameter Name="${name}" Type="Edm.${name.endsWith('Period') ? 'DateTime' : 'String'}"/>`,
    );
    return (
      `<FunctionImport Name="${table}" IsBindable="true" IsSideEffecting="false" ` +
      `ReturnType="Collection(${NAMESPACE}.${result})">${binding}${parameters.join('')}</FunctionImport>`
    );
  });
}
