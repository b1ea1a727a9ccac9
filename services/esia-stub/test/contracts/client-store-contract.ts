import type { Client } from '../../src/domain/client.js';
import { ClientStoreFull, type ClientStore } from '../../src/state/client.store.js';

const client = (mnemonic: string, redirectUris: readonly string[] = ['a.test']): Client => ({
  mnemonic,
  redirectUris,
  certificates: [],
  scopes: undefined,
  consentTypes: undefined,
  generations: ['v1', 'v3'],
  requestAlgs: ['rsa'],
  tokenAlg: undefined,
  isOfflineAllowed: true,
  isConsentAutomatic: undefined,
  loginAs: undefined,
});

/** What every store of clients does. `make` gets the bound. */
export function clientStoreContract(make: (limit: number) => ClientStore): void {
  it('finds, replaces, lists in order and removes', async () => {
    const store = make(10);
    await store.put(client('B'));
    await store.put(client('A'));
    await store.put(client('A', ['b.test']));
    expect((await store.find('A'))?.redirectUris).toEqual(['b.test']);
    expect((await store.list()).map(({ mnemonic }) => mnemonic)).toEqual(['A', 'B']);
    expect([await store.remove('A'), await store.remove('A')]).toEqual([true, false]);
    expect(await store.find('A')).toBeUndefined();
  });

  it('refuses one too many but still replaces', async () => {
    const store = make(1);
    await store.put(client('A'));
    await store.put(client('A', ['c.test']));
    await expect(store.put(client('B'))).rejects.toThrow(ClientStoreFull);
  });
}
