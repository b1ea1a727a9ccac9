import type { Logger } from '@poligon/emulator-kit';
import { FakeClock } from '@poligon/testing';
import fc from 'fast-check';
import { TickHeap } from './tick-heap.js';
import { TimingWheel } from './timing-wheel.js';

const failures: string[] = [];
const logger = { error: (event: string) => void failures.push(event) } as unknown as Logger;

describe('TickHeap', () => {
  it('gives ticks in ascending order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000)), (ticks) => {
        const heap = new TickHeap();
        ticks.forEach((tick) => heap.push(tick));
        const popped = ticks.map(() => heap.pop());
        expect(popped).toEqual([...ticks].sort((left, right) => left - right));
        expect(heap.pop()).toBeUndefined();
      }),
    );
  });
});

describe('TimingWheel', () => {
  it('runs everything at its millisecond, never early, in the order of scheduling', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 }), async (delays) => {
        const clock = new FakeClock();
        const wheel = new TimingWheel(clock, logger);
        const ran: [number, number][] = [];
        delays.forEach((delayMs, at) => wheel.after(delayMs, { run: () => ran.push([at, clock.monotonicMs()]) }));
        await clock.advance(60);
        expect(ran.map(([at, ms]) => [delays[at], ms])).toEqual(ran.map(([, ms]) => [ms, ms]));
        expect(ran.map(([at]) => at)).toEqual(
          delays.map((_, at) => at).sort((left, right) => delays[left]! - delays[right]! || left - right),
        );
        expect(wheel.size).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('takes things through steps they share, in turn with everything else', async () => {
    const clock = new FakeClock();
    const wheel = new TimingWheel(clock, logger);
    const taken: [string, number][] = [];
    const second = { take: (name: string, tickMs: number) => void taken.push([name, tickMs]) };
    const first = {
      take(name: string, tickMs: number) {
        taken.push([name, tickMs]);
        wheel.send(tickMs + 3, second, name.toUpperCase());
      },
    };
    wheel.send(5, first, 'a');
    wheel.after(5, { run: () => taken.push(['between', clock.monotonicMs()]) });
    wheel.send(5, first, 'b');
    expect(wheel.size).toBe(3);
    await clock.advance(7);
    expect(taken).toEqual([
      ['a', 5],
      ['between', 5],
      ['b', 5],
    ]);
    expect(wheel.size).toBe(2);
    await clock.advance(1);
    expect(taken.slice(3)).toEqual([
      ['A', 8],
      ['B', 8],
    ]);
  });

  it('leaves the event loop to others when a turn takes long, and goes on where it stopped', async () => {
    const clock = new FakeClock();
    const wheel = new TimingWheel(clock, logger);
    const ran: number[] = [];
    let spentMs = 0;
    const now = clock.monotonicMs.bind(clock);
    clock.monotonicMs = () => now() + spentMs;
    const run = (): void => {
      ran.push(ran.length);
      spentMs += 1 / 64;
    };
    let turns = 0;
    const after = clock.after.bind(clock);
    clock.after = (delayMs, action) =>
      after(delayMs, () => {
        turns += 1;
        action();
      });
    for (let count = 0; count < 1000; count += 1) wheel.after(1, { run });
    await clock.advance(100);
    expect(ran).toEqual(Array.from({ length: 1000 }, (_, count) => count));
    expect(turns).toBe(5);
  });

  it('lets a due thing schedule another', async () => {
    const clock = new FakeClock();
    const wheel = new TimingWheel(clock, logger);
    const at: number[] = [];
    wheel.after(5, { run: () => wheel.after(5, { run: () => at.push(clock.monotonicMs()) }) });
    await clock.advance(20);
    expect(at).toEqual([10]);
  });

  it('takes a storm in turns', async () => {
    const clock = new FakeClock();
    const wheel = new TimingWheel(clock, logger);
    let ran = 0;
    for (let count = 0; count < 5000; count += 1) wheel.after(1, { run: () => (ran += 1) });
    await clock.advance(1);
    expect(ran).toBe(5000);
  });

  it('goes on after a thing that fails', async () => {
    const clock = new FakeClock();
    const wheel = new TimingWheel(clock, logger);
    let ran = 0;
    wheel.after(1, {
      run: () => {
        throw new Error('broken');
      },
    });
    wheel.after(1, { run: () => (ran += 1) });
    await clock.advance(1);
    expect([ran, failures]).toEqual([1, ['schedule.failed']]);
  });

  it('forgets what waits on reset', async () => {
    const clock = new FakeClock();
    const wheel = new TimingWheel(clock, logger);
    let ran = 0;
    wheel.after(1, { run: () => (ran += 1) });
    wheel.reset();
    await clock.advance(10);
    expect([ran, wheel.size]).toEqual([0, 0]);
  });
});
