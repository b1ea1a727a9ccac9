import type { SessionStore } from './session.store.js';

const session = (id: string, clientUserId = 'u') => ({ id, clientUserId, openedAtMs: 0, lastUsedAtMs: 0 });

/** What every SessionStore keeps; `make` gives an empty one for at most `limit` sessions. */
export function sessionStoreContract(make: (limit: number) => SessionStore): void {
  it("ends a person's oldest session beyond the maximum", () => {
    const store = make(10);
    for (const id of ['a', 'b', 'c']) store.open(session(id), 2);
    expect([store.byId('a'), store.byId('b')?.id, store.byId('c')?.id]).toEqual([undefined, 'b', 'c']);
    expect(store.countOf('u')).toBe(2);
  });

  it('ends a session for good', () => {
    const store = make(10);
    store.open(session('a'), 5);
    store.end('a');
    store.end('a');
    expect([store.byId('a'), store.countOf('u')]).toEqual([undefined, 0]);
  });

  it('ends the oldest session of all at its bound', () => {
    const store = make(2);
    store.open(session('a', '1'), 5);
    store.open(session('b', '2'), 5);
    store.open(session('c', '3'), 5);
    expect([store.byId('a'), store.countOf('1'), store.byId('c')?.id]).toEqual([undefined, 0, 'c']);
  });
}
