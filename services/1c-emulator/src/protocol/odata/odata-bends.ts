import { WireReply, type Exchange } from '@poligon/emulator-kit';
import { Configuration } from '../../domain/configuration.js';
import type { EntitySet } from '../../domain/edm.js';
import type { Row, Scalar, StoredValues } from '../../domain/row.js';

/** How faults bend one call of the standard interface (1c.md 6). */
export interface ODataBends {
  readonly hasBom: boolean;
  /** Chance of this call, 0 to 1, that rows are put into another order by. */
  readonly order: number | undefined;
  readonly isNoisy: boolean;
  readonly zeroesNumbers: boolean;
  readonly breaksReferences: boolean;
  readonly isEmptyComposition: boolean;
  readonly shiftRows: number;
  readonly keptCharacters: number | undefined;
  readonly hiddenSet: string | undefined;
  readonly hiddenField: { readonly set: string; readonly field: string } | undefined;
}

const BOM = Buffer.from('\ufeff');
/** A reference that leads to no object. */
const NOWHERE = 'dead0000-0000-4000-8000-000000000000';

/** Reads what the rules that fired hinted; undefined when none did. */
export function bendsOf(exchange: Exchange): ODataBends | undefined {
  if (exchange.fired.length === 0) return undefined;
  const is = (fault: string): boolean => exchange.hinted(fault) !== undefined;
  return {
    hasBom: is('json-bom'),
    order: exchange.hinted('unstable-order') as number | undefined,
    isNoisy: is('dataversion-noise'),
    zeroesNumbers: is('int64-zeroed'),
    breaksReferences: is('broken-reference'),
    isEmptyComposition: is('composition-empty'),
    shiftRows: (exchange.hinted('page-shift') as number | undefined) ?? 0,
    keptCharacters: exchange.hinted('silent-truncation') as number | undefined,
    hiddenSet: exchange.hinted('entity-unpublished') as string | undefined,
    hiddenField: exchange.hinted('schema-changed') as ODataBends['hiddenField'],
  };
}

/** The reply with a byte order mark, when one is due. */
export function marked(reply: WireReply, bends: ODataBends | undefined): WireReply {
  if (bends?.hasBom !== true || reply.body.length === 0) return reply;
  return new WireReply(reply.status, reply.headers, Buffer.concat([BOM, Buffer.from(reply.body)]));
}

/** The composition of the standard interface as the call sees it. */
export function composition(whole: Configuration, bends: ODataBends | undefined): Configuration {
  if (bends === undefined) return whole;
  const { isEmptyComposition, hiddenSet, hiddenField } = bends;
  if (isEmptyComposition) return NOTHING;
  if (hiddenSet === undefined && hiddenField === undefined) return whole;
  return keptComposition(whole, JSON.stringify([hiddenSet, hiddenField]), () =>
    narrowedComposition(whole, hiddenSet, hiddenField),
  );
}

function keptComposition(whole: Configuration, id: string, make: () => Configuration): Configuration {
  const known = COMPOSITIONS.get(whole) ?? new Map<string, Configuration>();
  COMPOSITIONS.set(whole, known);
  const found = known.get(id);
  if (found !== undefined) return found;
  if (known.size >= MOST_COMPOSITIONS) known.clear();
  const made = make();
  known.set(id, made);
  return made;
}

const NOTHING = new Configuration([], {});
/** Compositions that rules have made, so that their `$metadata` is written once. */
const COMPOSITIONS = new WeakMap<Configuration, Map<string, Configuration>>();
const MOST_COMPOSITIONS = 20;

function narrowedComposition(
  whole: Configuration,
  hiddenSet: string | undefined,
  hiddenField: ODataBends['hiddenField'],
): Configuration {
  const shown = [...whole.own].filter(({ name, owner }) => name !== hiddenSet && (owner ?? name) !== hiddenSet);
  const sets = shown.map((set) => (set.name === hiddenField?.set ? withoutField(set, hiddenField.field) : set));
  return new Configuration(sets, whole.enumerations, whole.filler);
}

function withoutField(set: EntitySet, field: string): EntitySet {
  const properties = new Map([...set.properties].filter(([name]) => name !== field || set.key.includes(name)));
  const kept = [...set.navigations].filter(([, { keyProperty }]) => properties.has(keyProperty));
  return { ...set, properties, navigations: new Map(kept) };
}

const MOST_SHIFT = 5;

/** Row a page begins with: pages of readers overlap, or leave rows out between them. */
export function bentSkip(skip: number, bends: ODataBends | undefined): number {
  if (bends === undefined || skip === 0) return skip;
  const drift = bends.order === undefined ? 0 : Math.round((bends.order * 2 - 1) * MOST_SHIFT);
  return Math.max(0, skip - bends.shiftRows + drift);
}

/** Rows of a page, turned round by chance when order is not to be relied on. */
export function bentRows(rows: readonly Row[], bends: ODataBends | undefined): readonly Row[] {
  if (bends?.order === undefined || rows.length === 0) return rows;
  const first = 1 + Math.floor(bends.order * (rows.length - 1));
  return [...rows.slice(first), ...rows.slice(0, first)];
}

/** What is kept of an object somebody sent. */
export function bentValues(set: EntitySet, stored: StoredValues, bends: ODataBends | undefined): StoredValues {
  if (bends === undefined) return stored;
  const values = Object.entries(stored.values).map(([name, value]): [string, Scalar] => {
    const isOwn = !set.key.includes(name) && name !== 'DataVersion';
    return [name, isOwn ? bentValue(set, name, { value, bends }) : value];
  });
  return { ...stored, values: Object.fromEntries(values) };
}

function bentValue(
  { properties }: EntitySet,
  name: string,
  { value, bends }: { readonly value: Scalar; readonly bends: ODataBends },
): Scalar {
  const type = properties.get(name)?.type;
  if (bends.zeroesNumbers && typeof value === 'number') return 0;
  if (bends.breaksReferences && type === 'Edm.Guid') return NOWHERE;
  const isText = type === 'Edm.String' && typeof value === 'string';
  return isText && bends.keptCharacters !== undefined ? value.slice(0, bends.keptCharacters) : value;
}
