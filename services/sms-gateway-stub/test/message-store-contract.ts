import type { Message } from '../src/domain/message.js';
import type { MessageStore } from '../src/state/message.store.js';

/** A plain message for the contract; fields given win. */
export function messageFixture(fields: Partial<Message> = {}): Message {
  return {
    id: 1,
    phone: '79430000001',
    sender: 'HR-Link',
    text: 'Код: 1234',
    segments: 1,
    cost: 1.44,
    dialect: 'smsc',
    acceptedAtMs: 1000,
    state: 'queued',
    changedAtMs: 1000,
    error: 0,
    ...fields,
  };
}

/** What every implementation of MessageStore must do. */
export function describeMessageStore(name: string, open: (maxMessages: number) => Promise<MessageStore>): void {
  describe(`${name} as a message store`, () => {
    it('reserves numbers that do not overlap', async () => {
      const store = await open(100);
      const [first, second] = await Promise.all([store.reserve(3), store.reserve(1)]);
      expect(Math.abs(first - second)).toBeGreaterThanOrEqual(first < second ? 3 : 1);
    });

    it('finds a message by number, and by number and phone when one send went to several', async () => {
      const store = await open(100);
      const messages = [
        messageFixture({ id: 5, phone: '79430000001' }),
        messageFixture({ id: 5, phone: '79430000002' }),
      ];
      await store.add(messages);
      expect(await store.find(5)).toEqual(messages[0]);
      expect(await store.find(5, '79430000002')).toEqual(messages[1]);
      expect(await store.find(6)).toBeUndefined();
    });

    it('keeps the newer state of a message and ignores one it does not know', async () => {
      const store = await open(100);
      await store.add([messageFixture({ id: 7 })]);
      await store.update(messageFixture({ id: 7, state: 'delivered' }));
      await store.update(messageFixture({ id: 8, state: 'delivered' }));
      expect((await store.find(7))?.state).toBe('delivered');
      expect(await store.find(8)).toBeUndefined();
    });

    it('lists the newest first, of one phone or of all', async () => {
      const store = await open(100);
      await store.add([1, 2, 3].map((id) => messageFixture({ id, phone: `7943000000${id % 2}` })));
      expect((await store.recent(undefined, 2)).map(({ id }) => id)).toEqual([3, 2]);
      expect((await store.recent('79430000001', 10)).map(({ id }) => id)).toEqual([3, 1]);
    });

    it('lets the oldest go when the limit is reached', async () => {
      const store = await open(2);
      await store.add([1, 2, 3].map((id) => messageFixture({ id })));
      expect(await store.find(1)).toBeUndefined();
      expect(await store.find(3)).toBeDefined();
    });

    it('is empty after clear', async () => {
      const store = await open(100);
      await store.add([messageFixture()]);
      await store.clear();
      expect(await store.recent(undefined, 10)).toEqual([]);
    });
  });
}
