import type { DocumentStore, DocumentStoreOptions } from '@poligon/emulator-kit';
import type { EngineUnderTest } from '@poligon/testing';

interface Note {
  readonly text: string;
  readonly owner?: string;
  readonly untilMs?: number;
}

const OPTIONS: DocumentStoreOptions<Note> = {
  table: 'kit.setting',
  expiresAtMs: ({ untilMs }) => untilMs,
};

const collect = async (store: DocumentStore<Note>, limit: number, order: 'oldest' | 'newest') => {
  const pages: string[][] = [];
  let after: number | undefined;
  do {
    const page = await store.list({ limit, order, ...(after === undefined ? {} : { after }) });
    pages.push(page.items.map(({ key }) => key));
    after = page.next;
  } while (after !== undefined);
  return pages;
};

/** What documents by key do on every engine. */
export function documentStoreContract(engine: EngineUnderTest): void {
  const open = () => engine.replica().documents(OPTIONS);
  /** A second replica where replicas share, otherwise the same one. */
  const pair = (): [DocumentStore<Note>, DocumentStore<Note>] => {
    const one = open();
    return [one, engine.database === undefined ? one : open()];
  };

  it('finds what was put, the last put counts', async () => {
    const [here, there] = pair();
    await here.put('a', { text: 'one' });
    await there.put('a', { text: 'two' });
    expect(await open().find('b')).toBeUndefined();
    expect(await there.find('a')).toEqual({ text: 'two' });
  });

  it.each(['\0', 'a\0b', '\ud800', 'Ёж 🦔', '\\', "'; DROP TABLE x; --", '{"a":1}', 'x'.repeat(2000)])(
    'keeps any text as key and content: %j',
    async (text) => {
      const [here, there] = pair();
      await here.put(text, { text });
      await here.put(`${text}0000`, { text: 'other' });
      expect(await there.find(text)).toEqual({ text });
      expect((await there.list({ limit: 10 })).items.map(({ key }) => key)).toEqual([text, `${text}0000`]);
      expect(await there.take(text)).toEqual({ text });
    },
  );

  it('adds where nothing is: one of many callers wins', async () => {
    const [here, there] = pair();
    const added = await Promise.all(
      Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? here : there).add('a', { text: String(at) })),
    );
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await here.find('a')).toEqual({ text: String(added.indexOf(true)) });
  });

  it('gives a document to exactly one taker', async () => {
    const [here, there] = pair();
    await here.put('a', { text: 'one' });
    expect(await there.find('a')).toEqual({ text: 'one' });
    const taken = await Promise.all(Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? here : there).take('a')));
    expect(taken.filter((document) => document !== undefined)).toEqual([{ text: 'one' }]);
    expect(await here.find('a')).toBeUndefined();
    expect(await here.add('a', { text: 'two' })).toBe(true);
  });

  it('loses no concurrent change', async () => {
    const [here, there] = pair();
    const grow = (current: Note | undefined) => ({ text: `${current?.text ?? ''}x` });
    await Promise.all(Array.from({ length: 30 }, (_, at) => (at % 2 === 0 ? here : there).change('a', grow)));
    expect(await here.change('a', () => undefined)).toEqual({ text: 'x'.repeat(30) });
    expect(await here.change('b', () => undefined)).toBeUndefined();
  });

  it('forgets what has expired, and lets the key be used again', async () => {
    const store = open();
    const untilMs = engine.clock.nowMs() + 1000;
    await store.put('a', { text: 'one', untilMs });
    await store.put('b', { text: 'two', untilMs });
    expect(await store.find('a')).toBeDefined();
    await engine.clock.advance(1000);
    expect(await store.find('a')).toBeUndefined();
    expect(await store.take('b')).toBeUndefined();
    expect(await store.count()).toBe(0);
    expect((await store.list({ limit: 10 })).items).toEqual([]);
    expect(await store.add('a', { text: 'three' })).toBe(true);
    expect(await store.change('a', (current) => ({ text: `${current?.text}!` }))).toEqual({ text: 'three!' });
  });

  it('lists in the order of keeping, page by page, both ways', async () => {
    const store = open();
    for (const key of ['c', 'a', 'b', 'e', 'd']) await store.put(key, { text: key });
    await store.put('c', { text: 'again' });
    expect(await collect(store, 2, 'oldest')).toEqual([['c', 'a'], ['b', 'e'], ['d']]);
    expect(await collect(store, 3, 'newest')).toEqual([
      ['d', 'e', 'b'],
      ['a', 'c'],
    ]);
    expect(await store.count()).toBe(5);
  });

  it('removes one or all and tells how many', async () => {
    const store = open();
    for (const key of ['a', 'b', 'c']) await store.put(key, { text: key });
    expect(await store.remove({ key: 'b' })).toBe(1);
    expect(await store.remove({ key: 'b' })).toBe(0);
    expect(await store.find('b')).toBeUndefined();
    expect(await store.remove()).toBe(2);
    expect(await store.count()).toBe(0);
  });

  it('holds many concurrent writers', async () => {
    const store = open();
    const keys = Array.from({ length: 3000 }, (_, at) => `k${at}`);
    await Promise.all(keys.map((key) => store.put(key, { text: key })));
    expect(await store.count()).toBe(keys.length);
    expect(await Promise.all(keys.slice(0, 50).map((key) => open().find(key)))).toEqual(
      engine.database === undefined ? expect.anything() : keys.slice(0, 50).map((text) => ({ text })),
    );
  });
}
