import type { EntitySet } from '../../domain/edm.js';
import type { Row } from '../../domain/row.js';
import type { Infobase } from '../../flow/infobase.js';
import { breathe, ROWS_AT_A_TIME } from './breathing.js';
import { compileCondition } from './filter-compiler.js';
import type { FilterNode } from './filter-node.js';
import { parseFilter } from './filter-parser.js';
import type { PathContext } from './filter-path.js';
import { odataFailure, odataFailureText } from './odata-failure.js';
import { readOrder, sorted } from './ordering.js';
import { placesOf } from './places.js';

/** Options of a query over a set. */
export interface QueryText {
  readonly filter?: string | undefined;
  readonly orderBy?: string | undefined;
  readonly skip: number;
  readonly top: number;
  /** Count everything that passes the filter. */
  readonly isCounted: boolean;
}

export interface Page {
  readonly rows: readonly Row[];
  readonly count: number | undefined;
}

/** What paths of this infobase are read against; an unknown field of `$filter` is code 14. */
export function pathContext(infobase: Infobase): PathContext {
  const { configuration } = infobase;
  return {
    configuration,
    resolve: (name, key) => {
      const set = configuration.set(name);
      return set === undefined ? undefined : infobase.find(set, key);
    },
    unknown: (segment) =>
      odataFailureText('bad-filter', `Ошибка при разборе опции запроса $filter: Поле не найдено "${segment}"`),
  };
}

/** Rows of a set that pass, in order, cut to the page. Looks at no more rows than it needs and lets other calls in between. */
export async function runQuery(infobase: Infobase, set: EntitySet, query: QueryText, maxRows: number): Promise<Page> {
  const { orderBy, skip, top, isCounted } = query;
  if (orderBy === undefined) {
    const { rows, seen } = await collected(
      infobase,
      set,
      { ...query, stopAt: isCounted ? Infinity : skip + top },
      maxRows,
    );
    return { rows, count: isCounted ? seen : undefined };
  }
  const order = readOrder(orderBy, set, pathContext(infobase));
  const all = { filter: query.filter, skip: 0, top: Infinity, stopAt: Infinity };
  const { rows, seen } = await collected(infobase, set, all, maxRows);
  return { rows: sorted(rows, order).slice(skip, skip + top), count: isCounted ? seen : undefined };
}

type Collecting = Pick<QueryText, 'filter' | 'skip' | 'top'> & {
  /** How many passing rows are looked at. */
  readonly stopAt: number;
};

async function collected(
  infobase: Infobase,
  set: EntitySet,
  { filter, skip, top, stopAt }: Collecting,
  maxRows: number,
): Promise<{ readonly rows: Row[]; readonly seen: number }> {
  const rows: Row[] = [];
  let seen = 0;
  if (stopAt <= 0) return { rows, seen };
  await visitPassing(infobase, set, filter, (row) => {
    seen += 1;
    if (seen > skip && seen <= skip + top) rows.push(row);
    if (rows.length > maxRows) throw odataFailure('internal');
    return seen < stopAt;
  });
  return { rows, seen };
}

/** Rows that are looked at between two turns of other calls: the longer a condition, the fewer. */
const MOST_ROWS_AT_A_TIME = 1000;
const CONDITION_CHARACTERS = 200_000;

function rowsAtATime(filter = ''): number {
  const fair = Math.trunc(CONDITION_CHARACTERS / Math.max(1, filter.length));
  return Math.max(ROWS_AT_A_TIME, Math.min(MOST_ROWS_AT_A_TIME, fair));
}

/** Shows `visit` every row a condition holds for until it says false; other calls get their turn in between. */
export async function visitPassing(
  infobase: Infobase,
  set: EntitySet,
  filter: string | undefined,
  visit: (row: Row) => boolean,
): Promise<void> {
  const { rows, passes } = search(infobase, set, filter);
  const turn = rowsAtATime(filter);
  let left = turn;
  for (const row of rows) {
    if (passes(row) && !visit(row)) return;
    left -= 1;
    if (left > 0) continue;
    left = turn;
    await breathe();
  }
}

/** Where to look for rows that pass, and the test of one. */
function search(infobase: Infobase, set: EntitySet, filter: string | undefined) {
  if (filter === undefined) return { rows: infobase.scan(set), passes: () => true };
  const node = parseFilter(filter);
  const passes = compileCondition(node, set, pathContext(infobase));
  return { rows: named(infobase, set, node) ?? infobase.scan(set, placesOf(infobase, set, node)), passes };
}

/** Looks for `X eq guid'…'` among conditions that all must hold, in the object or in a lambda over its rows. */
function named(infobase: Infobase, set: EntitySet, node: FilterNode): Iterable<Row> | undefined {
  if (node.kind === 'binary' && node.operator === 'and') {
    return named(infobase, set, node.left) ?? named(infobase, set, node.right);
  }
  if (node.kind === 'lambda' && node.quantifier === 'any' && node.body !== undefined) {
    const { variable, condition } = node.body;
    const guid = guidEquality(condition, variable);
    return guid === undefined ? undefined : infobase.narrowed(set, ...guid);
  }
  const guid = guidEquality(node, undefined);
  return guid === undefined ? undefined : infobase.narrowed(set, ...guid);
}

/** Property and guid of `path eq guid`, the path being one name, after the variable of a lambda when there is one. */
function guidEquality(node: FilterNode, variable: string | undefined): [string, string] | undefined {
  if (node.kind !== 'binary' || node.operator !== 'eq') return undefined;
  const operands = [node.left, node.right];
  const path = operands.find((operand) => operand.kind === 'path');
  const literal = operands.find((operand) => operand.kind === 'literal');
  if (path === undefined || literal?.type !== 'Guid') return undefined;
  const name = path.segments.at(-1)!;
  const wanted = variable === undefined ? name : `${variable}/${name}`;
  return path.segments.join('/') === wanted ? [name, String(literal.value)] : undefined;
}
