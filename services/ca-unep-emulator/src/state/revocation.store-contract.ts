import type { Revocation } from '../domain/revocation.js';
import type { RevocationStore } from './revocation.store.js';

const revocation = (serialHex: string, reason = 1): Revocation => ({
  serialHex,
  atMs: 1,
  reason,
  notAfterMs: 2,
  generation: 1,
});

/** What every RevocationStore must do. @param open makes an empty store that keeps exactly three @param isBounded false: one that keeps everything */
export function revocationStoreContract(
  open: () => RevocationStore | Promise<RevocationStore>,
  isBounded = true,
): void {
  let store: RevocationStore;

  beforeEach(async () => {
    store = await open();
  });

  it('finds what was added and lists it in order of arrival', async () => {
    for (const serial of ['02', '01']) await store.add(revocation(serial));
    expect(await store.find('01')).toEqual(revocation('01'));
    expect(await store.find('03')).toBeUndefined();
    expect((await store.all()).map(({ serialHex }) => serialHex)).toEqual(['02', '01']);
  });

  it('lets a later revocation take the place of a hold', async () => {
    await store.add(revocation('01', 6));
    await store.add(revocation('01', 1));
    expect(await store.all()).toEqual([revocation('01', 1)]);
  });

  it('forgets one that is removed, and all on clear', async () => {
    await store.add(revocation('01'));
    await store.add(revocation('02'));
    expect([await store.remove('01'), await store.remove('01')]).toEqual([true, false]);
    await store.clear();
    expect(await store.all()).toEqual([]);
  });

  if (isBounded)
    it('lets the oldest give way beyond its bound', async () => {
      for (const serial of ['01', '02', '03', '04']) await store.add(revocation(serial));
      expect((await store.all()).map(({ serialHex }) => serialHex)).toEqual(['02', '03', '04']);
    });
}
