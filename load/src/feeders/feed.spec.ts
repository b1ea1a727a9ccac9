import fc from 'fast-check';
import { Feed } from './feed.js';
import type { Strategy } from './feeders.schema.js';

const users = ['send-document', 'send-lna'];
const feed = (strategy: Strategy, size: number, seed = 's') =>
  new Feed({ name: 'recipients', strategy, seed, users, rows: Array.from({ length: size }, (_, row) => row) });
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('rows for operations', () => {
  it('go round in their order', () => {
    expect(range(5).map((nth) => feed('sequential', 3).at('send-lna', nth))).toEqual([0, 1, 2, 0, 1]);
  });

  it('are drawn by the seed: the same again, others with another seed, evenly', () => {
    const drawn = (seed: string) => range(3000).map((nth) => feed('random', 10, seed).at('send-document', nth));
    expect(drawn('s')).toEqual(drawn('s'));
    expect(drawn('s')).not.toEqual(drawn('t'));
    const counts = Object.values(Object.groupBy(drawn('s'), String)).map((rows) => rows!.length);
    expect(counts.length).toBe(10);
    for (const count of counts) expect(Math.abs(count - 300)).toBeLessThan(90);
  });

  it('are given out once at most, whatever operations ask in whatever order, and as many as were reckoned suffice', () => {
    const count = fc.nat(50);
    fc.assert(
      fc.property(count, count, (documents, regulations) => {
        const demands = { 'send-document': documents, 'send-lna': regulations };
        const rows = feed('unique', feed('unique', 0).needed(demands));
        const given = Object.entries(demands).flatMap(([operation, all]) =>
          range(all).map((nth) => rows.at(operation, nth)),
        );
        expect(new Set(given).size).toBe(given.length);
      }),
    );
  });

  it('that are used up fail the operation with their name', () => {
    expect(() => feed('unique', 4).at('send-document', 2)).toThrow('recipients used up: 4 rows');
  });
});
