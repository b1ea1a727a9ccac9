import type { EntitySet, Property, Shape } from '../../domain/edm.js';
import type { VirtualTable } from './address.js';

/** Endings of the fields a resource has in a virtual table of an accumulation register. */
const ENDINGS: Readonly<Partial<Record<VirtualTable, readonly string[]>>> = {
  Balance: ['Balance'],
  Turnovers: ['Turnover', 'Receipt', 'Expense'],
  BalanceAndTurnovers: ['OpeningBalance', 'Turnover', 'Receipt', 'Expense', 'ClosingBalance'],
};
const TYPE_ENDING: Readonly<Partial<Record<VirtualTable, string>>> = {
  Balance: 'Balance',
  Turnovers: 'Turnover',
  BalanceAndTurnovers: 'BalanceAndTurnover',
};

/** ComplexType of a virtual table: dimensions, then what each resource comes to. `only`: the dimensions asked for. */
export function accumulationShape(
  set: EntitySet,
  table: VirtualTable,
  only: readonly string[] = set.dimensions,
): Shape {
  const row = [...set.collections.values()][0]!;
  const dimensions = set.dimensions.filter((name) => only.includes(name)).map((name) => row.properties.get(name)!);
  const resources = set.resources.flatMap((name) =>
    ENDINGS[table]!.map((ending): Property => ({ name: name + ending, type: 'Edm.Double' })),
  );
  const kept = [...row.navigations.values()].filter(({ keyProperty }) =>
    dimensions.some(({ name }) => name === keyProperty),
  );
  return {
    name: `${set.name}_${TYPE_ENDING[table]}`,
    properties: new Map([...dimensions, ...resources].map((property) => [property.name, property])),
    navigations: new Map(kept.map((navigation) => [navigation.name, navigation])),
    collections: new Map(),
  };
}
