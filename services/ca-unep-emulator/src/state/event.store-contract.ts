import type { ResultEvent } from '../domain/result-event.js';
import type { EventStore } from './event.store.js';

const event = (id: string, tenant = 'default'): ResultEvent => ({
  ...{ id, tenant, type: 'USIG_REG_STATUS', createdAtMs: 1, requestId: 'r', data: { status: 'CHECKING' } },
  delivery: { state: 'PENDING', tries: 0 },
});

/** What every EventStore must do. @param open makes an empty store that keeps exactly three events each way @param isBounded false: one that keeps everything */
export function eventStoreContract(open: () => EventStore | Promise<EventStore>, isBounded = true): void {
  let store: EventStore;
  const ids = async (...query: Parameters<EventStore['after']>) => (await store.after(...query))?.map(({ id }) => id);

  beforeEach(async () => {
    store = await open();
  });

  it('remembers which incoming events were served', async () => {
    expect(await store.wasServed('in')).toBe(false);
    await store.markServed('in');
    await store.markServed('in');
    expect(await store.wasServed('in')).toBe(true);
  });

  it('hands out a tenant its events in order, page by page', async () => {
    for (const [id, tenant] of [['a'], ['b', 'other'], ['c']] as const) await store.append(event(id, tenant));
    expect(await ids('default', undefined, 10)).toEqual(['a', 'c']);
    expect(await ids('default', undefined, 1)).toEqual(['a']);
    expect(await ids('default', 'a', 10)).toEqual(['c']);
    expect(await ids('default', 'c', 10)).toEqual([]);
  });

  it("knows no position at another tenant's or an unknown event", async () => {
    await store.append(event('b', 'other'));
    expect(await ids('default', 'b', 10)).toBeUndefined();
    expect(await ids('default', 'z', 10)).toBeUndefined();
  });

  it('keeps how far a delivery got', async () => {
    await store.append(event('a'));
    await store.setDelivery('a', { state: 'DELIVERED', tries: 2, last: '200' });
    await store.setDelivery('z', { state: 'FAILED', tries: 1 });
    expect((await store.find('a'))?.delivery).toEqual({ state: 'DELIVERED', tries: 2, last: '200' });
    expect(await store.find('z')).toBeUndefined();
  });

  if (isBounded)
    it('lets the oldest give way beyond its bound', async () => {
      for (const id of ['a', 'b', 'c', 'd', 'e']) await store.append(event(id));
      expect(await store.find('b')).toBeUndefined();
      expect(await ids('default', undefined, 10)).toEqual(['c', 'd', 'e']);
      expect(await ids('default', 'b', 10)).toBeUndefined();
      for (const id of ['1', '2', '3', '4']) await store.markServed(id);
      expect([await store.wasServed('1'), await store.wasServed('4')]).toEqual([false, true]);
    });

  it('forgets everything on clear', async () => {
    await store.append(event('a'));
    await store.markServed('in');
    await store.clear();
    expect(await store.find('a')).toBeUndefined();
    expect(await store.wasServed('in')).toBe(false);
    expect(await ids('default', undefined, 10)).toEqual([]);
  });
}
