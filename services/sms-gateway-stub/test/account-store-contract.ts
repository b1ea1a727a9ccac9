import type { Account } from '../src/domain/account.js';
import type { AccountStore } from '../src/state/account.store.js';

/** A plain account for the contract; fields given win. */
export function accountFixture(fields: Partial<Account> = {}): Account {
  return {
    dialect: 'smsc',
    login: 'poligon',
    password: 'secret',
    apiKey: 'key',
    balance: 100,
    isBalanceEnforced: false,
    pricePerSegment: 1.44,
    senders: [],
    stopList: new Map(),
    callbackUrls: new Set(),
    callbackSecret: '',
    allowedAddresses: [],
    ratePerSecond: 0,
    burst: 100,
    maxBinds: 10,
    ...fields,
  };
}

/** What every implementation of AccountStore must do; `open` gives a store that may hold configured accounts. */
export function describeAccountStore(name: string, open: () => AccountStore): void {
  describe(`${name} as an account store`, () => {
    it('finds an account by login and by key, each dialect by itself', async () => {
      const store = open();
      const account = accountFixture({ dialect: 'omni', login: 'new', apiKey: 'fresh' });
      await store.put(account);
      expect(store.find('omni', 'new')).toEqual(account);
      expect(store.findByKey('omni', 'fresh')).toEqual(account);
      expect(store.find('devino', 'new')).toBeUndefined();
      expect(store.findByKey('devino', 'fresh')).toBeUndefined();
      expect(store.list()).toContainEqual(account);
    });

    it('replaces an account, its old key opens nothing', async () => {
      const store = open();
      await store.put(accountFixture({ login: 'new', apiKey: 'old' }));
      await store.put(accountFixture({ login: 'new', apiKey: 'next', balance: 5 }));
      expect(store.find('smsc', 'new')?.balance).toBe(5);
      expect(store.findByKey('smsc', 'old')).toBeUndefined();
    });

    it('removes an account', async () => {
      const store = open();
      await store.put(accountFixture({ login: 'new', apiKey: 'gone' }));
      expect(await store.remove('smsc', 'new')).toBe(true);
      expect(await store.remove('smsc', 'new')).toBe(false);
      expect(store.findByKey('smsc', 'gone')).toBeUndefined();
    });
  });
}
