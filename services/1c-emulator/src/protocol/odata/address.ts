import type { Configuration } from '../../domain/configuration.js';
import type { EntitySet, ObjectKind } from '../../domain/edm.js';
import { decodedText } from './query-options.js';
import { odataFailure } from './odata-failure.js';
import { functionArguments, readKey, segmentsOf, type Segment } from './segment.js';

/** What a URL below the service root names. */
export type Address =
  | { readonly kind: 'service' | 'metadata' | 'batch' }
  | { readonly kind: 'exchange'; readonly action: string }
  | { readonly kind: 'set' | 'count'; readonly set: EntitySet }
  | { readonly kind: 'entity'; readonly set: EntitySet; readonly key: string; readonly path: readonly string[] }
  | {
      readonly kind: 'method';
      readonly set: EntitySet;
      readonly key: string;
      readonly method: ObjectMethod;
      readonly args: ReadonlyMap<string, string>;
    }
  | {
      readonly kind: 'table';
      readonly set: EntitySet;
      readonly table: VirtualTable;
      readonly args: ReadonlyMap<string, string>;
    };

export type ObjectMethod = 'Post' | 'Unpost' | 'Start' | 'ExecuteTask';
export type VirtualTable = 'SliceLast' | 'SliceFirst' | 'Balance' | 'Turnovers' | 'BalanceAndTurnovers';

/** Methods of objects by their kind. */
export const METHODS_OF: Readonly<Partial<Record<ObjectKind, readonly ObjectMethod[]>>> = {
  Document: ['Post', 'Unpost'],
  BusinessProcess: ['Start'],
  Task: ['ExecuteTask'],
};
const METHODS: readonly string[] = Object.values(METHODS_OF).flat();
const TABLES: readonly string[] = [
  ...(['SliceLast', 'SliceFirst', 'Balance', 'Turnovers', 'BalanceAndTurnovers'] satisfies VirtualTable[]),
];
const EXCHANGE = ['SelectChanges', 'NotifyChangesReceived'];
const ROOTS = { $metadata: 'metadata', $batch: 'batch' } as const;
const SERVICE = /^\/[^/]*\/+odata\/+standard\.odata/;

/** Reads the path of a URL. @throws ProtocolError of the standard interface */
export function readAddress(url: string, configuration: Configuration): Address {
  const path = decodedText(url.split('?', 1)[0]!.replace(SERVICE, ''));
  if (path === undefined) throw odataFailure('bad-format');
  const [first, ...rest] = segmentsOf(path);
  if (first === undefined) return { kind: 'service' };
  if (Object.hasOwn(ROOTS, first.name)) return { kind: ROOTS[first.name as keyof typeof ROOTS] };
  if (EXCHANGE.includes(first.name)) return { kind: 'exchange', action: first.name };
  const set = configuration.set(first.name);
  if (set === undefined || set.name !== first.name) throw odataFailure('unknown-set', first.name);
  return first.args === undefined || first.args === '' ? ofSet(set, rest) : ofEntity(set, first.args, rest);
}

function ofSet(set: EntitySet, rest: readonly Segment[]): Address {
  const [next, ...extra] = rest;
  if (next === undefined) return { kind: 'set', set };
  if (extra.length > 0) throw odataFailure('extra-segments');
  if (next.name === '$count') return { kind: 'count', set };
  if (!TABLES.includes(next.name)) throw odataFailure('segment-not-found', next.name);
  const table = next.name as VirtualTable;
  if (!tablesOf(set).includes(table)) throw odataFailure('method-not-found');
  return { kind: 'table', set, table, args: functionArguments(next.args ?? '') };
}

function ofEntity(set: EntitySet, args: string, rest: readonly Segment[]): Address {
  const key = readKey(set, args);
  const [next] = rest;
  if (next !== undefined && METHODS.includes(next.name) && rest.length === 1) {
    const method = METHODS_OF[set.kind]?.find((own) => own === next.name);
    if (method === undefined) throw odataFailure('method-not-found');
    return { kind: 'method', set, key, method, args: functionArguments(next.args ?? '') };
  }
  if (rest.some(({ args: inner }) => inner !== undefined)) throw odataFailure('extra-segments');
  return { kind: 'entity', set, key, path: rest.map(({ name }) => name) };
}

/** Virtual tables of a register; slices are bound to its records when recorders write it. Calculation registers have none here. */
export function tablesOf({ kind, name, isPeriodic, owner, dimensions }: EntitySet): readonly VirtualTable[] {
  if (kind === 'AccumulationRegister' || kind === 'AccountingRegister')
    return ['Balance', 'Turnovers', 'BalanceAndTurnovers'];
  const isHistory = kind === 'InformationRegister' || (owner?.startsWith('InformationRegister_') ?? false);
  return isHistory && isPeriodic && dimensions.length > 0 && !name.endsWith('_RowType')
    ? ['SliceLast', 'SliceFirst']
    : [];
}
