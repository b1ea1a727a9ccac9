import fc from 'fast-check';
import { SlotQueue } from './slot-queue.js';

/** A job that ends when it is told to. */
function job(log: string[], name: string) {
  let end = (): void => undefined;
  const run = () => {
    log.push(name);
    return new Promise<void>((resolve) => (end = resolve));
  };
  return { run, end: () => end() };
}

const turn = () => new Promise(setImmediate);

describe('SlotQueue', () => {
  it('runs as many jobs as it has slots, then the others in order', async () => {
    const log: string[] = [];
    const queue = new SlotQueue(2, 10);
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => job(log, name));
    for (const { run } of [a!, b!, c!, d!]) expect(queue.submit(run)).toBe(true);
    expect([log, queue.busy, queue.depth]).toEqual([['a', 'b'], 2, 2]);
    b!.end();
    await turn();
    expect([log, queue.busy, queue.depth]).toEqual([['a', 'b', 'c'], 2, 1]);
    a!.end();
    c!.end();
    d!.end();
    await turn();
    d!.end();
    await turn();
    expect([log, queue.busy, queue.depth]).toEqual([['a', 'b', 'c', 'd'], 0, 0]);
  });

  it('refuses a job it has no room for', () => {
    const queue = new SlotQueue(1, 1);
    const never = () => new Promise<void>(() => undefined);
    expect([queue.submit(never), queue.submit(never), queue.hasRoom, queue.submit(never)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    queue.clear();
    expect([queue.depth, queue.hasRoom]).toEqual([0, true]);
  });

  it('loses no job and never exceeds its slots', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 200 }), async (slots, count) => {
        const queue = new SlotQueue(slots, count);
        let [done, now, most] = [0, 0, 0];
        const work = async () => {
          now += 1;
          most = Math.max(most, now);
          await Promise.resolve();
          now -= 1;
          done += 1;
        };
        for (let index = 0; index < count; index += 1) queue.submit(work);
        while (queue.busy > 0) await turn();
        expect(done).toBe(count);
        expect(most).toBeLessThanOrEqual(slots);
      }),
      { numRuns: 30 },
    );
  });
});
