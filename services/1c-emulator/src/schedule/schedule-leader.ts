import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, Logger, State, type Database } from '@poligon/emulator-kit';

import { ExportStore } from '../state/export.store.js';
import { JobRunStore } from '../state/job-run.store.js';
import { ReceivedStore } from '../state/received.store.js';

type Session = Parameters<Parameters<Database['session']>[0]>[0];

/** Advisory lock of the database: whoever holds it runs the schedule. */
const LOCK = 1_267_031_101;
const RETRY_MS = 2000;
const CHECK_MS = 1000;

/**
 * Chooses one of several replicas to start jobs by schedule: an infobase runs each of them once. The choice is a lock of the shared database,
 * so it goes over to another replica when its holder dies. Without replicas there is nobody to choose from.
 */
@Injectable()
export class ScheduleLeader implements OnApplicationBootstrap, OnModuleDestroy {
  private isHolding = false;
  private isStopped = false;
  private wake = (): void => {};
  private ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly state: State,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly exports: ExportStore,
    private readonly received: ReceivedStore,
    private readonly runs: JobRunStore,
  ) {}

  get isLeader(): boolean {
    return this.isHolding || this.state.database?.isShared !== true;
  }

  onApplicationBootstrap(): void {
    const { database } = this.state;
    if (database?.isShared === true) this.ended = this.contend(database);
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    this.wake();
    await this.ended;
  }

  private async contend(database: Database): Promise<void> {
    while (!this.isStopped) {
      try {
        await database.session((session) => this.hold(session));
      } catch (failure) {
        this.logger.warn('schedule.leader-lost', { failure: String(failure) });
      }
      this.isHolding = false;
      await this.pause(RETRY_MS);
    }
  }

  /** Holds the lock as long as its connection lives; returns at once when somebody else has it. */
  private async hold(session: Session): Promise<void> {
    const [row] = await session.query({ text: 'SELECT pg_try_advisory_lock($1::bigint) AS taken', values: [LOCK] });
    if (row?.['taken'] !== true) return;
    // what was sent and taken over by the replica that was chosen before
    for (const store of [this.exports, this.received, this.runs]) await store.refresh();
    this.isHolding = true;
    this.logger.info('schedule.leader', {});
    while (!this.isStopped) {
      await this.pause(CHECK_MS);
      await session.query({ text: 'SELECT 1' });
    }
    this.isHolding = false;
    await session.query({ text: 'SELECT pg_advisory_unlock($1::bigint)', values: [LOCK] });
  }

  private pause(ms: number): Promise<void> {
    if (this.isStopped) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.clock.after(ms, resolve);
      this.wake = () => {
        cancel();
        resolve();
      };
    });
  }
}
