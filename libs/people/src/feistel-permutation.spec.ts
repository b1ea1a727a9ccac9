import fc from 'fast-check';
import { FeistelPermutation } from './feistel-permutation.js';
import { mix32, unmix32 } from './keyed-hash.js';

describe('FeistelPermutation', () => {
  it.each([
    [1, 1],
    [1, 7],
    [7, 1],
    [10, 10],
    [40, 40],
    [13, 101],
    [250, 400],
  ])('maps every number below %i x %i to a distinct one and back', (high, low) => {
    const permutation = new FeistelPermutation(high, low, 0x5eed);
    const images = new Set<number>();
    for (let value = 0; value < permutation.size; value++) {
      const image = permutation.encode(value);
      expect(permutation.decode(image)).toBe(value);
      images.add(image);
    }
    expect(images.size).toBe(high * low);
    expect(Math.min(...[...images].slice(0, 1000))).toBeGreaterThanOrEqual(0);
    for (const image of images) expect(Number.isInteger(image) && image < permutation.size).toBe(true);
  });

  it('round-trips the whole range of people and of organisations under any key', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(10_000, 2500, 4000), fc.nat(), (key, high, value) => {
        const permutation = new FeistelPermutation(high, high === 2500 ? 4000 : 10_000, key);
        const within = value % permutation.size;
        const image = permutation.encode(within);
        expect(image).toBeGreaterThanOrEqual(0);
        expect(image).toBeLessThan(permutation.size);
        expect(permutation.decode(image)).toBe(within);
        expect(permutation.encode(permutation.decode(within))).toBe(within);
      }),
    );
  });

  it('scatters neighbours: few of a thousand consecutive numbers stay consecutive', () => {
    const permutation = new FeistelPermutation(10_000, 10_000, 1);
    const near = Array.from({ length: 1000 }, (_, i) => Math.abs(permutation.encode(i + 1) - permutation.encode(i)));
    expect(near.filter((distance) => distance < 100_000).length).toBeLessThan(20);
  });

  it('gives another permutation under another key', () => {
    const [one, two] = [new FeistelPermutation(100, 100, 1), new FeistelPermutation(100, 100, 2)];
    const same = Array.from({ length: 10_000 }, (_, i) => one.encode(i) === two.encode(i)).filter(Boolean);
    expect(same.length).toBeLessThan(20);
  });
});

describe('mix32', () => {
  it('is undone by unmix32 for every word', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffffff }), (word) => expect(unmix32(mix32(word))).toBe(word)));
    for (const word of [0, 1, 0x7fffffff, 0x80000000, 0xffffffff]) expect(unmix32(mix32(word))).toBe(word);
  });
});
