import type { ExportStore } from './export.store.js';

const first = { runId: 'run-1', atMs: 1000 };
const second = { runId: 'run-2', atMs: 2000 };

/** What every implementation of ExportStore must do. */
export function describeExportStore(name: string, open: (maxRecords: number) => Promise<ExportStore>): void {
  describe(`${name} as a store of exports`, () => {
    it('follows an object from acceptance to the id HRLink gave it', async () => {
      const store = await open(10);
      await store.accept('position', ['p1', 'p2'], first);
      await store.complete('position', [{ refKey: 'p1', hrlinkId: 'h1', error: null }], second);
      expect(await store.find('p1')).toEqual([
        {
          kind: 'position',
          refKey: 'p1',
          hrlinkId: 'h1',
          state: 'synced',
          error: null,
          runId: 'run-2',
          acceptedAtMs: 1000,
          completedAtMs: 2000,
        },
      ]);
      expect((await store.totals()).position).toEqual({ accepted: 2, completed: 1, failed: 0, pending: 1, mapped: 1 });
    });

    it('keeps the reason of a failure and the id known before', async () => {
      const store = await open(10);
      await store.complete('person', [{ refKey: 'a', hrlinkId: 'h', error: null }], first);
      await store.accept('person', ['a'], second);
      await store.complete('person', [{ refKey: 'a', hrlinkId: null, error: 'no SNILS' }], second);
      expect(await store.find('a')).toMatchObject([{ state: 'failed', error: 'no SNILS', hrlinkId: 'h' }]);
      expect((await store.totals()).person).toEqual({ accepted: 1, completed: 0, failed: 1, pending: 0, mapped: 1 });
    });

    it('maps what HRLink tells of unasked without counting it as an export', async () => {
      const store = await open(10);
      await store.complete('employee', [{ refKey: 'a', hrlinkId: 'h', error: null }], first);
      await store.complete('employee', [{ refKey: 'a', hrlinkId: 'h', error: null }], second);
      expect((await store.totals()).employee).toEqual({ accepted: 0, completed: 0, failed: 0, pending: 0, mapped: 1 });
    });

    it('tells apart objects of two kinds with one Ref_Key', async () => {
      const store = await open(10);
      await store.complete('employee', [{ refKey: 'a', hrlinkId: 'h', error: null }], first);
      await store.accept('vacation', ['a'], second);
      expect((await store.find('a')).map(({ kind, state }) => [kind, state])).toEqual([
        ['employee', 'synced'],
        ['vacation', 'accepted'],
      ]);
    });

    it('pages by kind and state in the order of first sight', async () => {
      const store = await open(10);
      await store.accept('department', ['a', 'b', 'c', 'd'], first);
      await store.complete('department', [{ refKey: 'b', hrlinkId: null, error: 'no parent' }], first);
      const page = async (query: object) =>
        (await store.page({ offset: 0, limit: 10, ...query })).map(({ refKey }) => refKey);
      expect(await page({ kind: 'department', state: 'accepted', offset: 1, limit: 1 })).toEqual(['c']);
      expect(await page({ state: 'failed' })).toEqual(['b']);
      expect(await page({ kind: 'person' })).toEqual([]);
    });

    it('lets the oldest object go at the limit', async () => {
      const store = await open(2);
      await store.accept('position', ['a', 'b', 'c'], first);
      expect(await store.find('a')).toEqual([]);
      expect((await store.totals()).position).toMatchObject({ accepted: 3, pending: 2 });
    });

    it('forgets everything', async () => {
      const store = await open(2);
      await store.accept('position', ['a'], first);
      await store.clear();
      expect(await store.find('a')).toEqual([]);
      expect((await store.totals()).position.accepted).toBe(0);
    });
  });
}
