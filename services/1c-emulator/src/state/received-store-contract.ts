import type { ReceivedStore } from './received.store.js';

/** What every implementation of ReceivedStore must do. */
export function describeReceivedStore(name: string, open: (maxIdsPerKind: number) => Promise<ReceivedStore>): void {
  describe(`${name} as a store of received objects`, () => {
    it('remembers what was taken, each kind by itself, and counts it once', async () => {
      const store = await open(10);
      await store.add('application', 'a', '2026-01-15T09:00:00Z');
      await store.add('application', 'a', '2026-01-15T09:00:00Z');
      expect(await store.has('application', 'a')).toBe(true);
      expect(await store.has('document', 'a')).toBe(false);
      expect(await store.totals()).toEqual({ application: 1, document: 0 });
    });

    it('knows the latest finish whatever order they came in and however many digits a second has', async () => {
      const store = await open(10);
      expect(await store.newest('application')).toBeUndefined();
      for (const [id, at] of [
        ['a', '2026-01-15T09:00:00.5Z'],
        ['b', '2026-01-15T09:00:01Z'],
        ['c', '2026-01-15T09:00:00.999Z'],
      ] as const) {
        await store.add('application', id, at);
      }
      expect(await store.newest('application')).toBe('2026-01-15T09:00:01Z');
    });

    it('lets the oldest go at the limit and keeps count', async () => {
      const store = await open(2);
      for (const id of ['a', 'b', 'c']) await store.add('document', id, '2026-01-15T09:00:00Z');
      expect([await store.has('document', 'a'), await store.has('document', 'c')]).toEqual([false, true]);
      expect((await store.totals()).document).toBe(3);
    });

    it('forgets everything', async () => {
      const store = await open(2);
      await store.add('document', 'a', '2026-01-15T09:00:00Z');
      await store.clear();
      expect(await store.has('document', 'a')).toBe(false);
      expect(await store.newest('document')).toBeUndefined();
    });
  });
}
