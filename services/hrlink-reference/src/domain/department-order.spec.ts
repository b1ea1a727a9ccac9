import fc from 'fast-check';
import { type OrderedDepartment, parentsFirst } from './department-order.js';

const item = (externalId: string | null, parentExternalId: string | null = null): OrderedDepartment => ({
  externalId,
  parentExternalId,
});

describe('parentsFirst', () => {
  it('puts parents before children whatever order they came in', () => {
    const forest = fc
      .array(fc.nat(), { minLength: 1, maxLength: 60 })
      .map((seeds) =>
        seeds.map((seed, index) => item(`d${index}`, index === 0 || seed % 7 === 0 ? null : `d${seed % index}`)),
      );
    const shuffled = forest.chain((items) => fc.shuffledSubarray(items, { minLength: items.length }));
    fc.assert(
      fc.property(shuffled, (items) => {
        const order = parentsFirst(items);
        expect([...order].sort((a, b) => a - b)).toEqual(items.map((_one, index) => index));
        const place = new Map(order.map((index, at) => [items[index]?.externalId, at]));
        for (const { externalId, parentExternalId } of items) {
          if (parentExternalId !== null) expect(place.get(parentExternalId)).toBeLessThan(place.get(externalId) ?? -1);
        }
      }),
    );
  });

  it('keeps the order of items that do not depend on each other', () => {
    expect(parentsFirst([item('b'), item('a'), item(null), item('c', 'elsewhere')])).toEqual([0, 1, 2, 3]);
  });

  it('leaves cycles to the end, each item once', () => {
    expect(parentsFirst([item('a', 'b'), item('b', 'a'), item('self', 'self'), item('root')])).toEqual([3, 0, 1, 2]);
  });

  it('takes the first of two items with one name as the parent', () => {
    expect(parentsFirst([item('kid', 'x'), item('x'), item('x')])).toEqual([1, 2, 0]);
  });
});
