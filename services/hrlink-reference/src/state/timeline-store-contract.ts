import type { TimelineStore } from './timeline.store.js';

/** What every TimelineStore keeps; `make` gives an empty one for at most `limit` objects. */
export function timelineStoreContract(make: (limit: number) => TimelineStore): void {
  it('keeps transitions in order and forgets the first object at its bound', () => {
    const store = make(2);
    store.record('a', { state: 'x', atMs: 1 });
    store.record('a', { state: 'y', atMs: 2, note: 'why' });
    expect(store.of('a')).toEqual([
      { state: 'x', atMs: 1 },
      { state: 'y', atMs: 2, note: 'why' },
    ]);
    store.record('b', { state: 'x', atMs: 3 });
    store.record('c', { state: 'x', atMs: 4 });
    expect([store.of('a').length, store.of('b').length, store.of('c').length]).toEqual([0, 1, 1]);
  });

  it('keeps the last fifty transitions of one object', () => {
    const store = make(2);
    for (let atMs = 0; atMs < 60; atMs += 1) store.record('a', { state: 'x', atMs });
    expect([store.of('a').length, store.of('a')[0]?.atMs]).toEqual([50, 10]);
  });
}
