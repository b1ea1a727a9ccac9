import { accountFixture } from '../../test/account-store-contract.js';
import { refusalOf } from './account.js';

const asked = { phone: '79430000001', sender: 'HR', cost: 2 };

describe('refusalOf', () => {
  it.each([
    ['a sender that is not registered', { senders: ['Other'] }, 'sender-unregistered'],
    ['a number in the stop-list', { stopList: new Map([['79430000001', '']]) }, 'stop-list'],
    ['a cost above an enforced balance', { balance: 1, isBalanceEnforced: true }, 'no-funds'],
  ])('refuses %s', (_, fields, refusal) => {
    expect(refusalOf(accountFixture(fields), asked)).toBe(refusal);
  });

  it('allows any sender when none is registered, and an empty balance that is only shown', () => {
    expect(refusalOf(accountFixture({ balance: 0 }), asked)).toBeUndefined();
    expect(refusalOf(accountFixture({ senders: ['HR'] }), asked)).toBeUndefined();
  });
});
