import { messageFixture } from '../../test/message-store-contract.js';
import { advance, isFinal, type MessageState } from './message.js';

const FINAL: readonly MessageState[] = [
  'delivered',
  'read',
  'expired',
  'undeliverable',
  'rejected',
  'deleted',
  'unknown',
];

describe('advance', () => {
  it('moves a queued message and notes when and why', () => {
    const message = messageFixture();
    expect(advance(message, 'undeliverable', 5000, 6)).toBe(true);
    expect(message).toMatchObject({ state: 'undeliverable', changedAtMs: 5000, error: 6 });
  });

  it.each(FINAL)('leaves a message that is %s', (state) => {
    const message = messageFixture({ state });
    expect(isFinal(state)).toBe(true);
    expect(advance(message, 'expired', 5000)).toBe(false);
    expect(message).toMatchObject({ state, changedAtMs: 1000 });
  });

  it('lets a delivered message be read', () => {
    const message = messageFixture({ state: 'delivered' });
    expect(advance(message, 'read', 5000)).toBe(true);
  });
});
