import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Random } from '@poligon/emulator-kit';
import type { Config } from '../config.js';
import { CapacityPool, type PoolState, type PoolTime } from '../domain/capacity-pool.js';
import { POOL_NAMES, type PoolName, type PoolTable } from '../domain/pool-settings.js';
import { RealWork } from './real-work.js';

/** The pools of spec 6.1 as the service uses them. */
@Injectable()
export class Capacity {
  private table: PoolTable;
  private readonly pools: ReadonlyMap<PoolName, CapacityPool>;

  constructor(
    @Inject(CONFIG) config: Config,
    clock: Clock,
    random: Random,
    private readonly work: RealWork,
  ) {
    this.table = config.pools;
    const draw = random.stream('capacity');
    const time: PoolTime = {
      now: () => clock.monotonicMs(),
      after: (delayMs, action) => clock.after(delayMs, action),
      random: () => draw.next(),
    };
    this.pools = new Map(POOL_NAMES.map((name) => [name, new CapacityPool(name, config.pools[name], time)]));
  }

  get settings(): PoolTable {
    return this.table;
  }

  /** Waits until the pool has served one job and its real work, if any, is done. @throws PoolOverload */
  async serve(name: PoolName, extraMs = 0): Promise<void> {
    await this.pool(name).serve(extraMs);
    await this.work.after(name);
  }

  /** Takes a whole new table; running jobs keep their time. */
  configure(table: PoolTable): void {
    this.table = table;
    for (const name of POOL_NAMES) this.pool(name).configure(table[name]);
  }

  pause(name: PoolName): void {
    this.pool(name).pause();
  }

  resume(name: PoolName): void {
    this.pool(name).resume();
  }

  state(): Record<PoolName, PoolState> {
    return Object.fromEntries(POOL_NAMES.map((name) => [name, this.pool(name).state()])) as Record<PoolName, PoolState>;
  }

  private pool(name: PoolName): CapacityPool {
    return this.pools.get(name) as CapacityPool;
  }
}
