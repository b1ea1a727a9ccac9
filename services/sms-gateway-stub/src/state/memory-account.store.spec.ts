import { readSettings } from '@poligon/emulator-kit';
import { describeAccountStore } from '../../test/account-store-contract.js';
import { smsSettings } from '../config.js';
import { DIALECTS } from './account-defaults.js';
import { MemoryAccountStore } from './memory-account.store.js';

const open = (environment: NodeJS.ProcessEnv = {}) => new MemoryAccountStore(readSettings(smsSettings, environment));

describeAccountStore('memory', () => open());

describe('MemoryAccountStore', () => {
  it('starts with one account per dialect and those that are configured', () => {
    const store = open({ SMS_ACCOUNTS: '[{"dialect":"smsru","login":"second","balance":7}]' });
    expect(store.list()).toHaveLength(DIALECTS.length + 1);
    expect(store.find('smsru', 'second')).toMatchObject({ balance: 7, password: 'poligon' });
  });

  it('starts anew on reset', () => {
    const store = open();
    store.find('smsc', 'poligon')!.balance = 0;
    store.reset();
    expect(store.find('smsc', 'poligon')!.balance).toBe(1_000_000);
  });
});
