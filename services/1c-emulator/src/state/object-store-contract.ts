import type { ObjectStore } from './object.store.js';

/** What every implementation of ObjectStore must do. */
export function describeObjectStore(name: string, open: (maxObjects: number) => Promise<ObjectStore>): void {
  const object = (Description: string) => ({ values: { Description }, parts: { Строки: [{ LineNumber: 1 }] } });

  describe(`${name} as a store of written objects`, () => {
    it('gives back what was written, each set by itself', async () => {
      const store = await open(10);
      await store.put('Catalog_A', 'k', object('первый'));
      expect(store.find('Catalog_A', 'k')).toEqual(object('первый'));
      expect(store.find('Catalog_B', 'k')).toBeUndefined();
      expect([...store.written('Catalog_B')]).toEqual([]);
      expect([store.holds('Catalog_A'), store.holds('Catalog_B')]).toEqual([true, false]);
    });

    it('keeps the last of several writes under one key, and marks of deletion', async () => {
      const store = await open(10);
      await store.put('Catalog_A', 'k', object('первый'));
      await store.put('Catalog_A', 'l', object('другой'));
      await store.put('Catalog_A', 'k', 'deleted');
      expect([...store.written('Catalog_A')]).toEqual([
        ['k', 'deleted'],
        ['l', object('другой')],
      ]);
      expect(store.count()).toBe(2);
    });

    it('refuses new keys when it is full, but not new writes of known ones', async () => {
      const store = await open(1);
      expect(await store.put('Catalog_A', 'k', object('первый'))).toBe(true);
      expect(await store.put('Catalog_A', 'l', object('второй'))).toBe(false);
      expect(await store.put('Catalog_A', 'k', object('третий'))).toBe(true);
      expect(store.find('Catalog_A', 'l')).toBeUndefined();
    });

    it('has another revision after every change, and only then', async () => {
      const store = await open(1);
      const seen = new Set([store.revision()]);
      await store.put('Catalog_A', 'k', object('первый'));
      seen.add(store.revision());
      await store.put('Catalog_A', 'k', 'deleted');
      seen.add(store.revision());
      await store.clear();
      seen.add(store.revision());
      expect(seen.size).toBe(4);
      store.find('Catalog_A', 'k');
      expect(seen.has(store.revision())).toBe(true);
    });

    it('forgets everything', async () => {
      const store = await open(1);
      await store.put('Catalog_A', 'k', object('первый'));
      await store.clear();
      expect([store.find('Catalog_A', 'k'), store.count()]).toEqual([undefined, 0]);
      expect(await store.put('Catalog_A', 'l', object('второй'))).toBe(true);
    });
  });
}
