import type { Exchange } from '@poligon/emulator-kit';
import type { CollectionKind, Item } from '../../domain/person-items.js';
import { HINT } from '../../faults/fault-hints.js';

/** Changes elements the way faults of this exchange ask for. */
export function withItemFaults({ path }: CollectionKind, items: readonly Item[], exchange: Exchange): readonly Item[] {
  const passport = exchange.hinted(HINT.passportVerifying);
  if (path === 'docs' && passport !== undefined) {
    return items.map((item) => ({ ...item, vrfStu: 'NOT_VERIFIED', vrfValStu: passport }));
  }
  if (path === 'ctts' && exchange.hinted(HINT.contactUnverified) !== undefined) {
    return items.map((item) => (item['type'] === 'MBT' ? { ...item, vrfStu: 'NOT_VERIFIED' } : item));
  }
  return items;
}

/** A collection whose size is off by what the fault `collection-size-lies` says. */
export function withSizeFault(collection: { readonly size: number }, exchange: Exchange): object {
  const by = exchange.hinted(HINT.collectionSizeLies);
  return typeof by === 'number' ? { ...collection, size: Math.max(0, collection.size + by) } : collection;
}
