import type { EntitySet, Navigation, Property, Shape } from '../../domain/edm.js';
import type { VirtualTable } from './address.js';

type Endings = Readonly<Partial<Record<VirtualTable, readonly string[]>>>;

/** Endings of the fields a resource has in a virtual table of an accumulation register. */
const ACCUMULATION: Endings = {
  Balance: ['Balance'],
  Turnovers: ['Turnover', 'Receipt', 'Expense'],
  BalanceAndTurnovers: ['OpeningBalance', 'Turnover', 'Receipt', 'Expense', 'ClosingBalance'],
};

const sides = (name: string): string[] => [name, `${name}Dr`, `${name}Cr`];
/** The same of an accounting register. */
const ACCOUNTING: Endings = {
  Balance: sides('Balance'),
  Turnovers: sides('Turnover'),
  BalanceAndTurnovers: [...sides('OpeningBalance'), ...sides('Turnover'), ...sides('ClosingBalance')],
};
const TYPE_ENDING: Readonly<Partial<Record<VirtualTable, string>>> = {
  Balance: 'Balance',
  Turnovers: 'Turnover',
  BalanceAndTurnovers: 'BalanceAndTurnover',
};

/** What rows of a register's virtual tables are told apart by: dimensions, and the account with its analytics. */
export function tableDimensions({ kind, dimensions, collections }: EntitySet): readonly Property[] {
  const row = rowOf(collections);
  const own = dimensions.map((name) => row.properties.get(name)!);
  if (kind !== 'AccountingRegister') return own;
  const analytics = [...row.properties.values()].filter(({ name }) => name.startsWith('ExtDimensionDr'));
  const shown = analytics.map((property): Property => ({ ...property, name: property.name.replace('Dr', '') }));
  return [{ name: 'Account_Key', type: 'Edm.Guid' }, ...shown, ...own];
}

/** ComplexType of a virtual table: dimensions, then what each resource comes to. `only`: the dimensions asked for. */
export function totalsShape(set: EntitySet, table: VirtualTable, only?: readonly string[]): Shape {
  const dimensions = tableDimensions(set).filter(({ name }) => only?.includes(name) ?? true);
  const endings = (set.kind === 'AccountingRegister' ? ACCOUNTING : ACCUMULATION)[table]!;
  const resources = set.resources.flatMap((name) =>
    endings.map((ending): Property => ({ name: name + ending, type: 'Edm.Double' })),
  );
  const kept = navigationsOf(set).filter(({ keyProperty }) => dimensions.some(({ name }) => name === keyProperty));
  return {
    name: `${set.name}_${TYPE_ENDING[table]}`,
    properties: new Map([...dimensions, ...resources].map((property) => [property.name, property])),
    navigations: new Map(kept.map((navigation) => [navigation.name, navigation])),
    collections: new Map(),
  };
}

function navigationsOf({ kind, collections }: EntitySet): readonly Navigation[] {
  const { navigations } = rowOf(collections);
  if (kind !== 'AccountingRegister') return [...navigations.values()];
  const account = { ...navigations.get('AccountDr')!, name: 'Account', keyProperty: 'Account_Key' };
  return [account, ...navigations.values()];
}

function rowOf(collections: EntitySet['collections']): Shape {
  return [...collections.values()][0]!;
}
