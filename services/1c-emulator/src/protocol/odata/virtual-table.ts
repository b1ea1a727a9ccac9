import type { EntitySet } from '../../domain/edm.js';
import { StoredRow, type Row, type Scalar } from '../../domain/row.js';
import type { Infobase } from '../../flow/infobase.js';
import type { VirtualTable } from './address.js';
import { momentOf } from './literal.js';
import { odataFailure } from './odata-failure.js';
import { pathContext, visitPassing } from './query.js';
import { movementsOf } from './accounting-legs.js';
import { compileCondition } from './filter-compiler.js';
import { parseFilter } from './filter-parser.js';
import { tableDimensions, totalsShape } from './table-shapes.js';

/** Rows of a virtual table and the set they read like. */
export interface TableRows {
  readonly set: EntitySet;
  readonly rows: readonly Row[];
}

type Arguments = ReadonlyMap<string, string>;

/** Works out a virtual table of a register. @throws ProtocolError of the standard interface */
export async function virtualTable(
  infobase: Infobase,
  set: EntitySet,
  { table, args }: { readonly table: VirtualTable; readonly args: Arguments },
): Promise<TableRows> {
  if (table === 'SliceLast' || table === 'SliceFirst') return slice(infobase, set, { table, args });
  return totals(infobase, set, { table, args });
}

async function slice(
  infobase: Infobase,
  set: EntitySet,
  { table, args }: { readonly table: VirtualTable; readonly args: Arguments },
): Promise<TableRows> {
  const records = recordsOf(infobase, set);
  const isLater =
    table === 'SliceLast' ? (at: string, than: string) => at >= than : (at: string, than: string) => at < than;
  const isWithin = withinPeriod(table === 'SliceLast', moment(args, 'Period'));
  const chosen = new Map<string, Row>();
  await visitPassing(infobase, records, condition(args), (row) => {
    if (!isWithin(row)) return true;
    const place = records.dimensions.map((name) => String(row.get(name) ?? '')).join('|');
    const known = chosen.get(place);
    if (known === undefined || isLater(periodOf(row), periodOf(known))) chosen.set(place, row);
    return true;
  });
  return { set: records, rows: [...chosen.values()] };
}

function withinPeriod(isLast: boolean, period: string | undefined): (row: Row) => boolean {
  return (row) => {
    if (row.get('Active') === false) return false;
    if (period === undefined) return true;
    return isLast ? periodOf(row) <= period : periodOf(row) >= period;
  };
}

function periodOf(row: Row): string {
  return String(row.get('Period') ?? '');
}

/** Sums of one group of dimensions. */
interface Sums {
  readonly place: Record<string, Scalar>;
  readonly opening: number[];
  readonly receipt: number[];
  readonly expense: number[];
}

async function totals(
  infobase: Infobase,
  set: EntitySet,
  { table, args }: { readonly table: VirtualTable; readonly args: Arguments },
): Promise<TableRows> {
  const only = dimensionsOf(set, args.get('Dimensions'));
  const from = moment(args, 'StartPeriod') ?? '';
  const isWithin = withinPeriod(true, moment(args, table === 'Balance' ? 'Period' : 'EndPeriod'));
  const groups = new Map<string, Sums>();
  const movements = movementsOf(set);
  const passes = accountCondition(infobase, set, args.get('AccountCondition'));
  await visitPassing(infobase, recordsOf(infobase, set), condition(args), (row) => {
    const isBefore = periodOf(row) < from;
    if (!isWithin(row) || (isBefore && table === 'Turnovers')) return true;
    for (const movement of movements(row)) {
      if (passes(movement)) add(groups, { set, only, row: movement, isBefore });
    }
    return true;
  });
  const shape = totalsShape(set, table, only);
  const rows = [...groups.values()].map((sums) => StoredRow.flat({ ...sums.place, ...resources(set, sums) }));
  return { set: { ...set, ...shape, key: only }, rows: table === 'Balance' ? rows.filter(hasBalance(set)) : rows };
}

function add(
  groups: Map<string, Sums>,
  { set, only, row, isBefore }: { set: EntitySet; only: readonly string[]; row: Row; isBefore: boolean },
): void {
  const place = Object.fromEntries(only.map((name) => [name, row.get(name) ?? '']));
  const key = Object.values(place).join('|');
  const zeros = () => set.resources.map(() => 0);
  const sums = groups.get(key) ?? { place, opening: zeros(), receipt: zeros(), expense: zeros() };
  groups.set(key, sums);
  const isExpense = row.get('RecordType') === 'Expense';
  set.resources.forEach((name, nth) => {
    const amount = Number(row.get(name) ?? 0);
    if (isBefore) sums.opening[nth]! += isExpense ? -amount : amount;
    else (isExpense ? sums.expense : sums.receipt)[nth]! += amount;
  });
}

function resources(set: EntitySet, { opening, receipt, expense }: Sums): Record<string, number> {
  return Object.assign(
    {},
    ...set.resources.map((name, nth) => {
      const turnover = receipt[nth]! - expense[nth]!;
      return {
        ...bothSides(`${name}OpeningBalance`, opening[nth]!),
        ...bothSides(`${name}ClosingBalance`, opening[nth]! + turnover),
        ...bothSides(`${name}Balance`, opening[nth]! + turnover),
        [`${name}Receipt`]: receipt[nth]!,
        [`${name}Expense`]: expense[nth]!,
        [`${name}TurnoverDr`]: receipt[nth]!,
        [`${name}TurnoverCr`]: expense[nth]!,
        [`${name}Turnover`]: turnover,
      };
    }),
  ) as Record<string, number>;
}

/** A balance, and the side of the account it stands on. */
function bothSides(name: string, balance: number): Record<string, number> {
  return { [name]: balance, [`${name}Dr`]: Math.max(0, balance), [`${name}Cr`]: Math.max(0, -balance) };
}

/** Which accounts of an accounting register are looked at. */
function accountCondition(infobase: Infobase, set: EntitySet, text: string | undefined): (row: Row) => boolean {
  if (text === undefined || text.trim() === '' || set.kind !== 'AccountingRegister') return () => true;
  return compileCondition(parseFilter(text), totalsShape(set, 'Balance'), pathContext(infobase));
}

/** Balances of nothing are not shown. */
function hasBalance({ resources: names }: EntitySet): (row: Row) => boolean {
  return (row) => names.some((name) => row.get(`${name}Balance`) !== 0);
}

function condition(args: Arguments): string | undefined {
  const text = args.get('Condition');
  return text === undefined || text === '' ? undefined : text;
}

/** Single records of a register that recorders write, or the register itself. */
function recordsOf({ configuration }: Infobase, set: EntitySet): EntitySet {
  return set.collections.has('RecordSet') ? configuration.set(`${set.name}_RecordType`)! : set;
}

function moment(args: Arguments, name: string): string | undefined {
  const text = args.get(name);
  return text === undefined || text === '' ? undefined : momentOf(text);
}

function dimensionsOf(set: EntitySet, text: string | undefined): readonly string[] {
  const dimensions = tableDimensions(set).map(({ name }) => name);
  if (text === undefined || text.trim() === '') return dimensions;
  return text.split(',', 100).map((word) => {
    const name = word.trim();
    const found = dimensions.find((dimension) => dimension === name || dimension === `${name}_Key`);
    if (found === undefined) throw odataFailure('segment-not-found', name);
    return found;
  });
}
