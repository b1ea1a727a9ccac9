import type { Message } from '../src/domain/message.js';
import type { MessageStore } from '../src/state/message.store.js';

/** A plain message for the contract; fields given win. */
export function messageFixture(fields: Partial<Message> = {}): Message {
  return {
    id: 1001,
    dialect: 'smsc',
    account: 'poligon',
    phone: '79430000001',
    sender: 'HR-Link',
    text: 'Код: 1234',
    segments: 1,
    cost: 1.44,
    acceptedAtMs: 1000,
    state: 'queued',
    changedAtMs: 1000,
    error: 0,
    ...fields,
  };
}

/** Adds messages the way the gateway does: numbers come from the store. */
export async function addMessages(store: MessageStore, all: readonly Partial<Message>[]): Promise<Message[]> {
  const first = store.reserve(all.length);
  const messages = all.map((fields, at) => messageFixture({ ...fields, id: first + at }));
  await store.add(messages);
  return messages;
}

/** What every implementation of MessageStore must do. */
export function describeMessageStore(name: string, open: (maxMessages: number) => Promise<MessageStore>): void {
  const add = addMessages;

  describe(`${name} as a message store`, () => {
    it('reserves numbers that do not overlap', async () => {
      const store = await open(100);
      const [first, second] = [store.reserve(3), store.reserve(1)];
      expect(second).toBeGreaterThanOrEqual(first + 3);
    });

    it('finds a message by number and by reference', async () => {
      const store = await open(100);
      const [one, two] = await add(store, [{ reference: 'smsc:77:79430000001' }, { phone: '79430000002' }]);
      expect(await store.find(one!.id)).toEqual(one);
      expect(await store.find('smsc:77:79430000001')).toEqual(one);
      expect(await store.find(two!.id)).toEqual(two);
      expect(await store.find(two!.id + 1)).toBeUndefined();
      expect(await store.find('smsc:78:79430000001')).toBeUndefined();
    });

    it('keeps the newer state of a message', async () => {
      const store = await open(100);
      const [message] = await add(store, [{}]);
      message!.state = 'delivered';
      await store.update(message!);
      expect((await store.find(message!.id))?.state).toBe('delivered');
    });

    it('lists the newest first, of one phone or of all', async () => {
      const store = await open(100);
      const [one, two, three] = await add(
        store,
        [1, 2, 1].map((digit) => ({ phone: `7943000000${digit}` })),
      );
      expect((await store.recent({}, 2)).map(({ id }) => id)).toEqual([three!.id, two!.id]);
      expect((await store.recent({ phone: '79430000001' }, 10)).map(({ id }) => id)).toEqual([three!.id, one!.id]);
    });

    it.each([
      ['dialect', { dialect: 'twilio' }],
      ['account', { account: 'other' }],
      ['sender', { sender: 'Bank' }],
      ['state', { state: 'expired' as const }],
      ['text', { text: 'Пароль: 99' }],
    ])('filters by %s', async (field, fields) => {
      const store = await open(100);
      const [, wanted] = await add(store, [{}, fields, {}]);
      const filter = field === 'text' ? { text: 'пароль' } : fields;
      expect((await store.recent(filter, 10)).map(({ id }) => id)).toEqual([wanted!.id]);
    });

    it('filters by the time of acceptance', async () => {
      const store = await open(100);
      const [, wanted] = await add(
        store,
        [1000, 2000, 3000].map((acceptedAtMs) => ({ acceptedAtMs })),
      );
      expect((await store.recent({ fromMs: 1500, toMs: 2500 }, 10)).map(({ id }) => id)).toEqual([wanted!.id]);
    });

    it('has the messages of a phone at hand', async () => {
      const store = await open(100);
      const [one, , three] = await add(store, [{}, { phone: '79430000002' }, {}]);
      expect(store.atHand({ phone: one!.phone }, 10).map(({ id }) => id)).toEqual([three!.id, one!.id]);
    });

    it('is empty after clear, and goes on numbering', async () => {
      const store = await open(100);
      const [one] = await add(store, [{}]);
      await store.clear();
      expect(await store.recent({}, 10)).toEqual([]);
      expect(store.reserve(1)).toBeGreaterThan(one!.id);
    });
  });
}
