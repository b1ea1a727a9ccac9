import type { AuthorityRecord } from '../domain/authority.js';
import type { AuthorityStore } from './authority.store.js';

const signer = { key: 'key', certificate: 'AA==' };
const record = (secret: string): AuthorityRecord => ({
  ...{ suite: 'ecdsa-p256', secret, root: signer, tsa: signer, generations: [{ issuing: signer }] },
});

/** What every AuthorityStore must do. @param open makes an empty store */
export function authorityStoreContract(open: () => AuthorityStore): void {
  let store: AuthorityStore;

  beforeEach(() => {
    store = open();
  });

  it('founds an authority once, whoever asks', async () => {
    expect(await store.read()).toBeUndefined();
    const opened = await Promise.all(['a', 'b'].map((secret) => store.open(() => record(secret))));
    expect(opened[0]).toEqual(opened[1]);
    expect(await store.open(() => record('c'))).toEqual(opened[0]);
    expect(await store.read()).toEqual(opened[0]);
  });

  it('loses no change', async () => {
    await store.open(() => record('a'));
    const add = () =>
      store.change((current) => ({ ...current, generations: [...current.generations, { issuing: signer }] }));
    await Promise.all([add(), add(), add()]);
    expect((await store.read())?.generations).toHaveLength(4);
  });

  it('cannot change what is not there', async () => {
    await expect(store.change((current) => current)).rejects.toThrow('not open');
  });
}
