import { InProcessBus, readSettings } from '@poligon/emulator-kit';
import { SilentLogger, type EngineUnderTest } from '@poligon/testing';
import type { Way } from '../src/domain/message.js';
import { smsSettings } from '../src/config.js';
import { DatabaseAccountStore } from '../src/state/database-account.store.js';
import { DatabaseInbox } from '../src/state/database-inbox.js';
import { DatabaseMessageStore } from '../src/state/database-message.store.js';
import type { InboxQuery } from '../src/state/inbox-message.js';
import { accountFixture } from './account-store-contract.js';
import { addMessages, describeMessageStore, messageFixture } from './message-store-contract.js';

const PHONE = '79430000001';
const asked = (fields: Partial<InboxQuery> = {}): InboxQuery => ({ phone: PHONE, consume: false, ...fields });

/** What the gateway's stores do on a database. */
export function durableStoresContract(engine: EngineUnderTest): void {
  const accounts = async () => {
    const store = new DatabaseAccountStore(engine.replica(), new SilentLogger(), readSettings(smsSettings, {}));
    await store.onModuleInit();
    return store;
  };
  const messages = async (maxMessages = 100) => {
    const store = new DatabaseMessageStore(engine.replica(), await accounts(), { maxMessages });
    await store.onModuleInit();
    return store;
  };
  const inbox = () => new DatabaseInbox(engine.replica(), new InProcessBus(new SilentLogger()), new SilentLogger());
  const way = (startAtMs: number, reported = 0): Way => ({
    startAtMs,
    arrivals: [{ afterMs: 300, text: 'Код: 1234' }],
    reports: [
      { afterMs: 0, state: 'sent', error: 0 },
      { afterMs: 2000, state: 'delivered', error: 0 },
    ],
    arrived: 0,
    reported,
  });

  describeMessageStore('database', messages);

  it('keeps accounts, what was changed in them, and what they spent', async () => {
    const before = await accounts();
    const account = accountFixture({ dialect: 'omni', login: 'new', apiKey: 'fresh', balance: 50 });
    await before.put(account);
    account.stopList.set(PHONE, 'asked to');
    account.callbackUrls.add('https://hr.example.test/told');
    account.balance -= 3;
    before.spent(account, 3);
    await before.save(account);
    expect(await before.remove('smsru', 'poligon')).toBe(true);
    while ((await before['spending'].totals()).get('["omni","new"]') !== 3)
      await new Promise((resolve) => setImmediate(resolve));

    const after = await accounts();
    expect(after.findByKey('omni', 'fresh')).toEqual({ ...account, balance: 47 });
    expect(after.find('smsru', 'poligon')).toBeUndefined();
    await after.put({ ...account, balance: 10 });
    expect((await accounts()).find('omni', 'new')?.balance).toBe(10);
    await after.reset();
    const anew = await accounts();
    expect([anew.find('omni', 'new'), anew.find('smsru', 'poligon')?.balance]).toEqual([undefined, 1_000_000]);
  });

  it('gives numbers that no other replica gives', async () => {
    const [one, two] = [await messages(), await messages()];
    const numbers: number[] = [];
    for (let at = 0; at < 100; at += 1) {
      numbers.push((at % 2 === 0 ? one : two).reserve(1700));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(new Set(numbers).size).toBe(100);
    const sorted = numbers.sort((left, right) => left - right);
    for (const [at, first] of sorted.entries())
      if (at > 0) expect(first - sorted[at - 1]!).toBeGreaterThanOrEqual(1700);
  });

  it('shows another replica every field, and reaches back beyond what is at hand', async () => {
    const [one, two] = [await messages(2), await messages()];
    const part = { reference: 7, total: 2, number: 1 };
    const fields = {
      reference: 'ref \0',
      part,
      clientId: 'c',
      sender: 'a\\b\0',
      text: '\0\ud800 Ёж',
      returnTo: { a: [1] },
    };
    const [first] = await addMessages(one, [fields, {}, {}, {}]);
    expect(await two.find(first!.id)).toEqual({ ...first, way: undefined });
    expect(await one.find('ref \0')).toMatchObject(fields);
    expect((await two.recent({ text: 'ёж' }, 10)).map(({ id }) => id)).toEqual([first!.id]);
  });

  it('lets a message that came to its end stay there', async () => {
    const [one, two] = [await messages(), await messages()];
    const [kept] = await addMessages(one, [{}]);
    const theirs = (await two.find(kept!.id))!;
    theirs.state = 'deleted';
    await two.update(theirs);
    kept!.state = 'sent';
    await one.update(kept!);
    expect((await two.find(kept!.id))?.state).toBe('deleted');
  });

  it('gives messages whose carrier died to one other', async () => {
    const startAtMs = engine.clock.nowMs();
    const one = await messages();
    const [under] = await addMessages(one, [
      { way: way(startAtMs, 1), state: 'sent' },
      { way: { ...way(startAtMs), arrived: 1, reported: 2 }, state: 'delivered' },
    ]);
    const [two, three] = [await messages(), await messages()];
    if (engine.name === 'postgresql') expect(await two.resumable(10)).toEqual([]);
    await engine.clock.advance(60_000);
    const found = (
      await Promise.all([two.resumable(10), ...(engine.name === 'postgresql' ? [three.resumable(10)] : [])])
    ).flat();
    expect(found).toMatchObject([{ id: under!.id, way: way(startAtMs, 1) }]);
    expect(await two.resumable(10)).toEqual([]);
  });

  it('shows every replica a text once, newest first, and gives it to one taker', async () => {
    const [here, there] = [inbox(), inbox()];
    const waited = there.wait(asked({ contains: 'second' }), 5000);
    here.deliver(messageFixture({ id: 1, text: 'first \0' }));
    here.deliver(messageFixture({ id: 1, text: 'first \0' }));
    here.deliver(messageFixture({ id: 2, text: 'second' }));
    while ((await there.list(PHONE)).length < 2) await new Promise((resolve) => setImmediate(resolve));
    await there['serve'](PHONE);
    expect(await waited).toMatchObject({ id: 2, text: 'second' });
    expect((await there.list(PHONE)).map(({ text }) => text)).toEqual(['first \0', 'second']);
    expect(await here.search({ contains: 'first' }, 10)).toMatchObject([{ id: 1 }]);
    const taken = await Promise.all(
      [here, there, here, there].map((replica) => replica.wait(asked({ consume: true, contains: 'second' }), 0)),
    );
    expect(taken.filter((text) => text !== undefined)).toMatchObject([{ text: 'second' }]);
    expect(await here.position()).toBeGreaterThanOrEqual(2);
    expect(await there.purge('7943')).toBe(1);
    expect(await here.list(PHONE)).toEqual([]);
  });
}
