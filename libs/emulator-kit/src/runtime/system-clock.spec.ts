import { SystemClock } from './clock.js';

describe('the system clock', () => {
  it('keeps a hundred thousand sleepers at once, none early, and is quick about it', async () => {
    const clock = new SystemClock();
    const startMs = performance.now();
    let early = 0;
    const cpu = process.cpuUsage();
    await Promise.all(
      Array.from({ length: 100_000 }, async (_, at) => {
        const targetMs = startMs + 300 + (at % 700);
        await clock.sleepUntil(targetMs);
        if (performance.now() < targetMs) early += 1;
      }),
    );
    const { user, system } = process.cpuUsage(cpu);
    expect(early).toBe(0);
    expect((user + system) / 1000).toBeLessThan(2500);
  });

  it('runs what is put off, and not what is called off', async () => {
    const clock = new SystemClock();
    const seen: string[] = [];
    const cancel = clock.after(5, () => seen.push('called off'));
    clock.after(-5, () => seen.push('first'));
    clock.after(10, () => seen.push('second'));
    cancel();
    cancel();
    await clock.sleepUntil(clock.monotonicMs() + 30);
    expect(seen).toEqual(['first', 'second']);
  });
});
