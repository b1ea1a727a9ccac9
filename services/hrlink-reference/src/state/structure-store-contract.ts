import type { StructureStore } from './structure.store.js';

const position = (id: string, externalId: string | null) => ({ id, externalId, name: id, version: 1 });

/** What every StructureStore keeps; `make` gives an empty one. */
export function structureStoreContract(make: () => StructureStore): void {
  it('keeps each kind apart', () => {
    const store = make();
    store.save('position', position('a', 'x'));
    expect(store.byExternalId('department', 'x')).toBeUndefined();
    expect(store.byExternalId('position', 'x')?.id).toBe('a');
    expect(store.byId('legalEntity', 'a')).toBeUndefined();
  });

  it('replaces a unit saved again and lists in order of creation', () => {
    const store = make();
    store.save('position', position('a', 'x'));
    store.save('position', position('b', null));
    store.save('position', { ...position('a', 'x'), name: 'new' });
    expect(store.list('position').map(({ name }) => name)).toEqual(['new', 'b']);
  });
}
