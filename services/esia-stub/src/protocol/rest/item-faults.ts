import type { Exchange } from '@poligon/emulator-kit';
import type { PersonEdit } from '../../domain/person-edit.js';
import type { CollectionKind, Item } from '../../domain/person-items.js';
import { HINT } from '../../faults/fault-hints.js';

/** What changes elements beside the person's own data. */
export interface ItemContext {
  readonly exchange: Exchange;
  readonly edit: PersonEdit | undefined;
}

/** Changes elements the way edits of the account and faults of this exchange ask for. */
export function withItemFaults(
  { path }: CollectionKind,
  items: readonly Item[],
  { exchange, edit }: ItemContext,
): readonly Item[] {
  const passport = exchange.hinted(HINT.passportVerifying);
  if (path === 'docs' && passport !== undefined) {
    return items.map((item) => ({ ...item, vrfStu: 'NOT_VERIFIED', vrfValStu: passport }));
  }
  if (path !== 'ctts') return items;
  const isMobileStruck = exchange.hinted(HINT.contactUnverified) !== undefined;
  const unverified = new Set([
    ...(isMobileStruck || edit?.isMobileVerified === false ? ['MBT'] : []),
    ...(edit?.isEmailVerified === false ? ['EML'] : []),
  ]);
  return items.map((item) => (unverified.has(String(item['type'])) ? { ...item, vrfStu: 'NOT_VERIFIED' } : item));
}

/** A collection whose size is off by what the fault `collection-size-lies` says. */
export function withSizeFault(collection: { readonly size: number }, exchange: Exchange): object {
  const by = exchange.hinted(HINT.collectionSizeLies);
  return typeof by === 'number' ? { ...collection, size: Math.max(0, collection.size + by) } : collection;
}
