import type { HrDocument } from '../domain/document.js';
import type { DocumentStore } from './document.store.js';

const document = (id: string, more: Partial<HrDocument> = {}): HrDocument =>
  ({
    id,
    groupId: 'g',
    externalId: null,
    baseDocumentExternalId: null,
    isDraft: false,
    sentAtMs: 1,
    deletedAtMs: null,
    finishedAtMs: null,
    signers: [],
    ...more,
  }) as unknown as HrDocument;

const signer = (clientUserId: string) => ({ clientUserId }) as HrDocument['signers'][number];
const group = (id: string) => ({ id, name: id, createdAtMs: 0, documentIds: [] as string[], version: 1 });
const ids = (list: readonly { id: string }[]): string[] => list.map(({ id }) => id);

/** What every DocumentStore keeps; `make` gives an empty one that holds at most `limit` documents. */
export function documentStoreContract(make: (limit: number) => DocumentStore): void {
  it('finds documents by own and by base externalId', () => {
    const store = make(10);
    store.save(document('draft', { externalId: 'x', isDraft: true, sentAtMs: null }));
    store.save(document('one', { baseDocumentExternalId: 'x' }));
    store.save(document('two', { baseDocumentExternalId: 'x' }));
    expect(ids(store.byExternalId('x'))).toEqual(['draft', 'one', 'two']);
    expect(store.byExternalId('y')).toEqual([]);
    expect(store.byId('nope')).toBeUndefined();
  });

  it('pages groups and own documents newest first, never short before the end', () => {
    const store = make(10);
    for (const id of ['a', 'b', 'c']) {
      store.saveGroup(group(id));
      store.save(document(id, { signers: [signer('me')] }));
    }
    store.save(document('foreign', { signers: [signer('other')] }));
    expect(ids(store.groups(0, 2))).toEqual(['c', 'b']);
    expect(ids(store.groups(2, 2))).toEqual(['a']);
    expect(ids(store.groups(3, 2))).toEqual([]);
    expect(ids(store.ofPerson('me', 0, 2))).toEqual(['c', 'b']);
    expect(ids(store.ofPerson('me', 2, 2))).toEqual(['a']);
  });

  it('replaces a document saved again', () => {
    const store = make(10);
    store.save(document('a'));
    store.save(document('a', { externalId: 'later' }));
    expect(ids(store.byExternalId('later'))).toEqual(['a']);
  });

  it('lets finished documents give way, with everything that pointed at them', () => {
    const store = make(2);
    store.saveGroup({ ...group('g'), documentIds: ['old'] });
    store.save(document('old', { externalId: 'x', signers: [signer('me')], finishedAtMs: 5 }));
    store.save(document('live'));
    store.save(document('new'));
    expect(store.byId('old')).toBeUndefined();
    expect(store.byExternalId('x')).toEqual([]);
    expect(store.ofPerson('me', 0, 10)).toEqual([]);
    expect(store.groupById('g')).toBeUndefined();
    expect(ids([store.byId('live')!, store.byId('new')!])).toEqual(['live', 'new']);
  });

  it('refuses a new document when nothing can give way', () => {
    const store = make(2);
    store.save(document('a'));
    store.save(document('b'));
    expect(() => store.save(document('c'))).toThrow('overload');
    store.save(document('a', { finishedAtMs: 1 }));
    expect(() => store.save(document('c'))).not.toThrow();
  });
}
