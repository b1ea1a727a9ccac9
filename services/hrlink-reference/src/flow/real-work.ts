import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, CONFIG, Ids, Random, SettingsError } from '@poligon/emulator-kit';
import { ConversionWorker } from '../adapters/conversion-worker.js';
import { WorkDatabase } from '../adapters/work-database.js';
import type { Config } from '../config.js';
import type { PoolName } from '../domain/pool-settings.js';
import { CALM_WORK, type WorkPlan } from '../domain/work-plan.js';

/**
 * Real work of real resources, done after a capacity pool has served a job: statements in a PostgreSQL and processor
 * time of a thread. Off unless a database is named or processor time is asked for.
 */
@Injectable()
export class RealWork implements OnApplicationBootstrap, OnApplicationShutdown {
  private current: WorkPlan = CALM_WORK;
  private readonly worker = new ConversionWorker();
  private readonly database: WorkDatabase | undefined;
  private readonly draw: () => number;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    clock: Clock,
    private readonly ids: Ids,
    random: Random,
  ) {
    const stream = random.stream('real-work');
    this.draw = () => stream.next();
    const { workDatabaseUrl } = config;
    if (workDatabaseUrl === undefined) return;
    const pause = (ms: number) => clock.sleepUntil(clock.monotonicMs() + ms);
    this.database = new WorkDatabase(workDatabaseUrl, CALM_WORK, pause);
  }

  get plan(): WorkPlan {
    return this.current;
  }

  get hasDatabase(): boolean {
    return this.database !== undefined;
  }

  /** @throws SettingsError when the database cannot be used */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.database?.prepare(this.config.workRows);
    } catch (error) {
      throw new SettingsError(`HRLINK_WORK_DATABASE_URL: ${(error as Error).message}`);
    }
  }

  /** Changes the plan; resolves when index and pool are as it says. */
  async follow(plan: WorkPlan): Promise<void> {
    this.current = plan;
    await this.database?.follow(plan);
  }

  /** The work of one job of a pool. */
  async after(pool: PoolName): Promise<void> {
    if (pool === 'convert' && this.current.convertCpuMs > 0) await this.worker.burn(() => this.current.convertCpuMs);
    const { database } = this;
    if (database === undefined) return;
    if (pool === 'read') await database.read(this.place());
    else if (pool === 'send') await database.add(this.ids.uuid());
    else if (pool === 'sign') await database.sign(this.place() + 1);
  }

  connections(): { busy: number; waiting: number; max: number } | undefined {
    return this.database?.connections();
  }

  workerUtilization(): number {
    return this.worker.utilization();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.worker.stop(), this.database?.close()]);
  }

  private place(): number {
    return Math.floor(this.draw() * Math.max(1, this.config.workRows));
  }
}
