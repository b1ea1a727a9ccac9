import { addMessages, describeMessageStore } from '../../test/message-store-contract.js';
import { MemoryMessageStore } from './memory-message.store.js';

describeMessageStore('memory', async (maxMessages) => new MemoryMessageStore({ maxMessages }));

it('lets the oldest go when the limit is reached', async () => {
  const store = new MemoryMessageStore({ maxMessages: 2 });
  const [one, two, three] = await addMessages(store, [{ reference: 'first' }, {}, {}]);
  expect(store.find(one!.id)).toBeUndefined();
  expect(store.find('first')).toBeUndefined();
  expect(store.recent({ phone: one!.phone }, 10).map(({ id }) => id)).toEqual([three!.id, two!.id]);
});
