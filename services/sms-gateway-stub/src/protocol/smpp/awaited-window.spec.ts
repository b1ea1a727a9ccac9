import fc from 'fast-check';
import { AwaitedWindow, type Awaited } from './awaited-window.js';

const request = (sequence: number, sentAtMs = 0): Awaited => ({ sequence, sentAtMs, settle: () => undefined });
const numbers = (requests: readonly Awaited[]): number[] => requests.map(({ sequence }) => sequence);

describe('AwaitedWindow', () => {
  it('finds what a map would find, in whatever order answers come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { maxLength: 400 }), fc.nat(0x7fff_fff0), (answers, first) => {
        const window = new AwaitedWindow();
        const expected = new Map<number, Awaited>();
        let next = first;
        for (const answer of answers) {
          for (let sent = 0; sent < answer % 40; sent += 1) {
            next = next >= 0x7fff_ffff ? 1 : next + 1;
            const sending = request(next);
            window.add(sending);
            expected.set(next, sending);
          }
          const sequence = Math.max(1, next - (answer % 900));
          expect(window.take(sequence)).toBe(expected.get(sequence));
          expected.delete(sequence);
          expect(window.size).toBe(expected.size);
        }
        const left = numbers(window.takeSentBy(0)).sort((one, other) => one - other);
        expect(left).toEqual([...expected.keys()].sort((one, other) => one - other));
        expect(window.size).toBe(0);
      }),
    );
  });

  it('keeps a request that thousands overtook', () => {
    const window = new AwaitedWindow();
    const lost = request(1);
    window.add(lost);
    for (let sequence = 2; sequence < 100_000; sequence += 1) {
      window.add(request(sequence));
      expect(window.take(sequence)?.sequence).toBe(sequence);
    }
    expect(window.size).toBe(1);
    expect(window.take(1)).toBe(lost);
    expect(window.take(1)).toBeUndefined();
  });

  it('gives up on what was sent long ago, in the order of sending', () => {
    const window = new AwaitedWindow();
    for (let sequence = 1; sequence <= 100; sequence += 1) window.add(request(sequence, sequence));
    expect(numbers(window.takeSentBy(60))).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
    expect(window.size).toBe(40);
    expect(window.take(60)).toBeUndefined();
    expect(window.take(61)?.sequence).toBe(61);
  });
});
