import fc from 'fast-check';
import { TimingWheel } from './timing-wheel.js';

/** A drive whose time is moved by hand; `step` jumps to the moment the wheel asked for. */
class HandDrive {
  nowMs = 1000.5;
  armed: { atMs: number; wake: () => void } | undefined;
  wakes = 0;

  now(): number {
    return this.nowMs;
  }

  arm(delayMs: number, wake: () => void): void {
    this.armed = { atMs: this.nowMs + delayMs, wake };
  }

  runUntil(endMs: number): void {
    while (this.armed !== undefined && this.armed.atMs <= endMs) {
      const { atMs, wake } = this.armed;
      this.armed = undefined;
      this.nowMs = Math.max(this.nowMs, atMs);
      this.wakes += 1;
      wake();
    }
    this.nowMs = endMs;
  }
}

function setUp() {
  const drive = new HandDrive();
  const wheel = new TimingWheel(drive);
  const fired: { dueMs: number; atMs: number }[] = [];
  const add = (dueMs: number) => wheel.add(dueMs, () => fired.push({ dueMs, atMs: drive.nowMs }));
  return { drive, wheel, fired, add };
}

describe('a timing wheel', () => {
  it('fires every timer once, never early, within a millisecond, in the order of their milliseconds', () => {
    const delays = fc.array(fc.double({ min: -10, max: 50_000, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(delays, (list) => {
        const { drive, wheel, fired, add } = setUp();
        const dues = list.map((delay) => drive.nowMs + delay);
        dues.forEach(add);
        drive.runUntil(60_000);
        expect(fired.map(({ dueMs }) => dueMs).sort((a, b) => a - b)).toEqual(dues.sort((a, b) => a - b));
        expect(wheel.size).toBe(0);
        for (const { dueMs, atMs } of fired) {
          expect(atMs).toBeGreaterThanOrEqual(dueMs);
          expect(atMs - Math.max(dueMs, 1000.5)).toBeLessThanOrEqual(1);
        }
        const ticks = fired.map(({ atMs }) => atMs);
        expect(ticks).toEqual([...ticks].sort((a, b) => a - b));
      }),
    );
  });

  it('forgets removed timers, whatever is left around them', () => {
    const moves = fc.array(fc.tuple(fc.integer({ min: 0, max: 30_000 }), fc.boolean()), { maxLength: 100 });
    fc.assert(
      fc.property(moves, (list) => {
        const { drive, wheel, fired, add } = setUp();
        const timers = list.map(([delay]) => add(drive.nowMs + delay));
        list.forEach(([, isRemoved], at) => {
          if (isRemoved) wheel.remove(timers[at]!);
          if (isRemoved) wheel.remove(timers[at]!);
        });
        drive.runUntil(40_000);
        expect(fired).toHaveLength(list.filter(([, isRemoved]) => !isRemoved).length);
        expect(wheel.size).toBe(0);
      }),
    );
  });

  it('lets an action remove a timer of its own millisecond and add others', () => {
    const { drive, wheel, fired, add } = setUp();
    const victims: object[] = [];
    wheel.add(1010, () => {
      wheel.remove(victims[0]!);
      add(1010);
      add(1005);
    });
    add(1010);
    add(1010);
    victims.push(add(1010));
    drive.runUntil(1100);
    expect(fired.map(({ dueMs }) => dueMs)).toEqual([1010, 1010, 1010, 1005]);
  });

  it('sleeps while nothing is pending and between distant timers', () => {
    const { drive, wheel, add } = setUp();
    expect(drive.armed).toBeUndefined();
    add(drive.nowMs + 7000);
    drive.runUntil(9000);
    expect(drive.wakes).toBe(1);
    expect([wheel.size, drive.armed]).toEqual([0, undefined]);
  });

  it('catches up after the process stood still', () => {
    const { drive, fired, add } = setUp();
    for (let at = 0; at < 100; at += 1) add(drive.nowMs + at * 300);
    drive.nowMs += 100_000;
    drive.armed!.wake();
    expect(fired).toHaveLength(100);
  });

  it('costs the same per timer with a hundred thousand pending as with a hundred', () => {
    const cost = (count: number) => {
      const { drive, wheel } = setUp();
      for (let at = 0; at < count; at += 1) wheel.add(drive.nowMs + 1 + ((at * 7919) % 5000), () => undefined);
      const rounds = 100_000;
      const startMs = performance.now();
      for (let at = 0; at < rounds; at += 1) wheel.remove(wheel.add(drive.nowMs + (at % 5000), () => undefined));
      return (performance.now() - startMs) / rounds;
    };
    cost(100);
    const [few, many] = [cost(100), cost(100_000)];
    // A heap or a sorted list would be many times dearer; the rest is the memory's doing.
    expect(many).toBeLessThan(few * 8 + 0.001);
  });
});
