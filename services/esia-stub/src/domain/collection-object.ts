import type { Item } from './person-items.js';
import { eTagOf } from './person-object.js';

/** Names before `.elements` in `embed=(contacts.elements,documents.elements-1)`; a bare `elements` embeds the collection itself. */
export function embedNames(embed: string | undefined): ReadonlySet<string> {
  const inner = /^\((.{0,500})\)$/.exec(embed ?? '')?.[1] ?? '';
  const names = inner.split(',').map((name) => name.trim().replace(/-\d+$/, ''));
  return new Set(names.map((name) => (name === 'elements' ? name : name.replace(/\.elements$/, ''))));
}

/** A collection on the wire. */
export interface CollectionObject {
  readonly stateFacts: readonly string[];
  readonly size: number;
  readonly eTag: string;
  readonly elements: readonly unknown[];
}

/** Collection of `/rs/prns/{oid}/…`: elements are objects when embedded, else absolute links below `address`. */
export function collectionObject(items: readonly Item[], address: string, isEmbedded: boolean): CollectionObject {
  const elements = isEmbedded ? items : items.map(({ id }) => `${address}/${id}`);
  return { stateFacts: ['hasSize'], size: items.length, eTag: eTagOf(items), elements };
}
