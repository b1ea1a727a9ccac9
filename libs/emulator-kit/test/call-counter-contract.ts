import type { CallCounter } from '@poligon/emulator-kit';

/** What every implementation of CallCounter must do. */
export function describeCallCounter(name: string, open: () => Promise<CallCounter>): void {
  describe(`${name} as a call counter`, () => {
    it('numbers the calls of each scope and key from 0', async () => {
      const counter = await open();
      const asked = [
        ['a', 'x'],
        ['a', 'x'],
        ['a', 'y'],
        ['b', 'x'],
        ['a', 'x'],
      ] as const;
      const numbers: number[] = [];
      for (const [scope, key] of asked) numbers.push(await counter.next(scope, key));
      expect(numbers).toEqual([0, 1, 0, 0, 2]);
    });

    it('gives every concurrent call its own number', async () => {
      const counter = await open();
      const numbers = await Promise.all(Array.from({ length: 50 }, async () => counter.next('a', 'x')));
      expect(numbers.sort((left, right) => left - right)).toEqual(Array.from({ length: 50 }, (_, at) => at));
    });

    it('forgets the scopes that are not to be kept', async () => {
      const counter = await open();
      await counter.next('a', 'x');
      await counter.next('b', 'x');
      await counter.keepOnly(new Set(['b']));
      expect([await counter.next('a', 'x'), await counter.next('b', 'x')]).toEqual([0, 1]);
      await counter.clear();
      expect(await counter.next('b', 'x')).toBe(0);
    });
  });
}
