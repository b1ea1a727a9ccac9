import { CapacityPool, PoolOverload, type PoolTime } from './capacity-pool.js';
import { DEFAULT_POOLS, type PoolSettings } from './pool-settings.js';
import { kneeOf, serviceTimeMs, throughputPerSecond } from './service-curve.js';

/** Virtual time: timers fire in order, `late` makes each fire that much after its due time, as a busy host does. */
class VirtualTime implements PoolTime {
  nowMs = 0;
  lateMs = 0;
  private timers: { atMs: number; action: () => void }[] = [];

  now(): number {
    return this.nowMs;
  }

  random(): number {
    return 0.5;
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = { atMs: this.nowMs + delayMs + this.lateMs, action };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((one) => one !== timer));
  }

  async run(untilMs: number): Promise<void> {
    for (;;) {
      const next = this.timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.timers = this.timers.filter((one) => one !== next);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.action();
    }
    this.nowMs = untilMs;
    await Promise.resolve();
  }
}

const settings = (change: Partial<PoolSettings>): PoolSettings => ({ ...DEFAULT_POOLS.read, ...change });

/** Jobs served per second when `rate` arrive per second for ten seconds. */
async function throughput(pool: CapacityPool, time: VirtualTime, rate: number): Promise<number> {
  const seconds = 10;
  for (let index = 0; index < rate * seconds; index += 1) {
    await time.run((index * 1000) / rate);
    pool.serve().catch(() => undefined);
  }
  await time.run(seconds * 1000);
  return pool.state().served / seconds;
}

describe('service curve', () => {
  it.each([
    ['read', 400],
    ['write', 200],
    ['upload', 80],
    ['convert', 5],
    ['bulkItem', 400],
    ['send', 80],
    ['sign', 20],
    ['stamp', 16],
    ['nqes', 4],
  ] as const)('%s has its knee at %d per second', (name, perSecond) => {
    expect(kneeOf(DEFAULT_POOLS[name]).perSecond).toBeCloseTo(perSecond, 6);
  });

  it('stretches service by contention and coherence', () => {
    const curve = { workers: 8, serviceMs: 100, alpha: 0.1, beta: 0.01 };
    expect(serviceTimeMs(curve, 1)).toBe(100);
    expect(serviceTimeMs(curve, 4)).toBeCloseTo(100 * (1 + 0.3 + 0.12));
  });

  it('falls past the square root of (1 − α) / β', () => {
    const curve = { workers: 40, serviceMs: 10, alpha: 0.02, beta: 0.005 };
    const best = kneeOf(curve);
    expect(best.inService).toBeCloseTo(Math.sqrt((1 - 0.02) / 0.005), 0);
    expect(throughputPerSecond(curve, 40)).toBeLessThan(best.perSecond);
  });
});

describe('capacity pool', () => {
  it.each([
    ['below the knee', 300, 300],
    ['at the knee', 400, 400],
    ['far above it', 900, 400],
  ])('serves %s what the table promises', async (_name, rate, expected) => {
    const time = new VirtualTime();
    const pool = new CapacityPool('read', settings({}), time);
    const served = await throughput(pool, time, rate);
    expect(Math.abs(served - expected) / expected).toBeLessThan(0.02);
  });

  it('keeps its knee when timers are late', async () => {
    const time = new VirtualTime();
    time.lateMs = 3;
    const pool = new CapacityPool('read', settings({}), time);
    expect(Math.abs((await throughput(pool, time, 900)) - 400) / 400).toBeLessThan(0.02);
  });

  it('has its knee where contention puts it', async () => {
    const curve = settings({ workers: 8, serviceMs: 20, alpha: 0.1, beta: 0.02 });
    const time = new VirtualTime();
    const pool = new CapacityPool('read', curve, time);
    const expected = throughputPerSecond(curve, 8);
    expect(Math.abs((await throughput(pool, time, 900)) - expected) / expected).toBeLessThan(0.05);
  });

  it('refuses above the queue limit with a retry hint', async () => {
    const time = new VirtualTime();
    const pool = new CapacityPool(
      'read',
      settings({ workers: 1, serviceMs: 1000, queueLimit: 2, overload: 'reject' }),
      time,
    );
    const jobs = [pool.serve(), pool.serve(), pool.serve()];
    const refusal = await pool.serve().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(PoolOverload);
    expect(refusal).toMatchObject({ pool: 'read', mode: 'reject', retryAfterSeconds: 2 });
    await time.run(3000);
    await Promise.all(jobs);
    expect(pool.state()).toMatchObject({ served: 3, rejected: 1, queued: 0, inService: 0 });
  });

  it('turns away a job that waited too long, and serves the next one', async () => {
    const time = new VirtualTime();
    const pool = new CapacityPool('read', settings({ workers: 1, serviceMs: 100, queueTimeoutMs: 50 }), time);
    const first = pool.serve();
    const late = pool.serve().catch((error: unknown) => error);
    await time.run(60);
    const third = pool.serve();
    await time.run(300);
    expect(await late).toBeInstanceOf(PoolOverload);
    await Promise.all([first, third]);
    expect(pool.state()).toMatchObject({ served: 2, rejected: 1, queued: 0 });
  });

  it('starts nothing while paused and everything after', async () => {
    const time = new VirtualTime();
    const pool = new CapacityPool('read', settings({}), time);
    pool.pause();
    const job = pool.serve();
    await time.run(1000);
    expect(pool.state()).toMatchObject({ queued: 1, oldestWaitMs: 1000, isPaused: true });
    pool.resume();
    await time.run(1020);
    await job;
    expect(pool.state().served).toBe(1);
  });

  it('uses more workers at once when told to', async () => {
    const time = new VirtualTime();
    const pool = new CapacityPool('read', settings({ workers: 1, serviceMs: 1000 }), time);
    const jobs = [1, 2, 3].map(() => pool.serve());
    pool.configure(settings({ workers: 3, serviceMs: 1000 }));
    expect(pool.state()).toMatchObject({ inService: 3, queued: 0 });
    await time.run(1000);
    await Promise.all(jobs);
  });
});
