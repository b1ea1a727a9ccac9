import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, Logger, OperationRegistry, type CancelTimer } from '@poligon/emulator-kit';
import type { OneCConfig } from '../config.js';
import { nextDueMs, type JobSchedule } from './job-schedule.js';
import { JobRunner } from '../jobs/job-runner.js';
import { ONE_C_JOBS } from '../jobs/job-table.js';
import type { ScheduledWork } from '../jobs/job.js';
import { OneCTime } from './one-c-time.js';
import { ScheduleLeader } from './schedule-leader.js';
import type { JobSchedules } from './schedule-file.js';

/** Injection token of the schedules the settings choose. */
export const JOB_SCHEDULES = Symbol('job schedules');

/** The clock can be shifted while a timer sleeps, so no sleep is longer. */
const LONGEST_SLEEP_MS = 30_000;
const DAY_MS = 86_400_000;

/** One job and when it runs next. */
export interface ScheduledJob {
  readonly job: ScheduledWork;
  readonly schedule: JobSchedule | null;
  readonly isPaused: boolean;
  /** Milliseconds of 1C's time until the next run; undefined when none is planned. */
  readonly dueInMs: number | undefined;
}

interface Entry {
  readonly job: ScheduledWork;
  schedule: JobSchedule | null;
  isPaused: boolean;
  /** Wall time of 1C for daily jobs, its elapsed time for repeated ones. */
  dueMs: number;
}

/** Starts jobs when they fall due. A job still running then is passed over, as 1C does. */
@Injectable()
export class JobScheduler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly entries: ReadonlyMap<string, Entry>;
  private cancelTimer: CancelTimer = () => {};
  private isRunning = false;

  constructor(
    @Inject(CONFIG) private readonly config: OneCConfig,
    @Inject(JOB_SCHEDULES) private readonly schedules: JobSchedules,
    private readonly time: OneCTime,
    private readonly runner: JobRunner,
    private readonly operations: OperationRegistry,
    private readonly logger: Logger,
    private readonly leader: ScheduleLeader,
  ) {
    this.entries = new Map(
      ONE_C_JOBS.map((job) => [job.name, { job, schedule: null, isPaused: false, dueMs: Number.POSITIVE_INFINITY }]),
    );
  }

  onApplicationBootstrap(): void {
    for (const { name, about } of ONE_C_JOBS) this.operations.add({ operation: `onec.job.${name}`, about });
    this.isRunning = true;
    this.restore();
  }

  async onModuleDestroy(): Promise<void> {
    this.isRunning = false;
    this.cancelTimer();
    await this.runner.stop();
  }

  /** Schedules of the settings, nothing paused. */
  restore(): void {
    for (const entry of this.entries.values()) {
      entry.isPaused = false;
      entry.schedule = this.schedules[entry.job.name] ?? null;
      this.plan(entry, 'first');
    }
    this.arm();
  }

  list(): readonly ScheduledJob[] {
    return [...this.entries.values()].map((entry) => this.view(entry));
  }

  find(name: string): ScheduledJob | undefined {
    const entry = this.entries.get(name);
    return entry === undefined ? undefined : this.view(entry);
  }

  /** The job does not start by itself until resumed; a run that goes on ends by itself. */
  pause(name: string): void {
    this.change(name, (entry) => (entry.isPaused = true));
  }

  resume(name: string): void {
    this.change(name, (entry) => (entry.isPaused = false));
  }

  /** @param schedule null: only by hand */
  reschedule(name: string, schedule: JobSchedule | null): void {
    this.change(name, (entry) => (entry.schedule = schedule));
  }

  private change(name: string, apply: (entry: Entry) => void): void {
    const entry = this.entries.get(name);
    if (entry === undefined) return;
    apply(entry);
    this.plan(entry, 'first');
    this.arm();
  }

  private view(entry: Entry): ScheduledJob {
    const { job, schedule, isPaused } = entry;
    const dueInMs = this.dueInMs(entry);
    return { job, schedule, isPaused, dueInMs: Number.isFinite(dueInMs) ? dueInMs : undefined };
  }

  private plan(entry: Entry, turn: 'first' | 'next'): void {
    const { schedule, isPaused } = entry;
    if (schedule === null || isPaused) entry.dueMs = Number.POSITIVE_INFINITY;
    else if ('at' in schedule) {
      const dueMs = nextDueMs(schedule, this.time.nowMs(), this.config.utcOffsetMinutes);
      entry.dueMs = dueMs ?? Number.POSITIVE_INFINITY;
    } else {
      const seconds = turn === 'first' ? (schedule.firstAfterSeconds ?? schedule.everySeconds) : schedule.everySeconds;
      entry.dueMs = this.time.elapsedMs() + seconds * 1000;
    }
  }

  private dueInMs({ schedule, dueMs }: Entry): number {
    const isDaily = schedule !== null && 'at' in schedule;
    return dueMs - (isDaily ? this.time.nowMs() : this.time.elapsedMs());
  }

  private arm(): void {
    this.cancelTimer();
    if (!this.isRunning) return;
    const soonestMs = Math.min(...[...this.entries.values()].map((entry) => this.dueInMs(entry)));
    if (!Number.isFinite(soonestMs)) return;
    this.cancelTimer = this.time.after(Math.max(0, soonestMs), () => this.tick(), LONGEST_SLEEP_MS);
  }

  /** Another replica starts it when this one was not chosen. */
  private start({ job }: Entry): void {
    if (!this.leader.isLeader) return;
    const started = this.runner.start(job, 'schedule');
    if (started === undefined) this.logger.warn('job.overlap', { job: job.name });
  }

  private tick(): void {
    for (const entry of this.entries.values()) {
      const dueInMs = this.dueInMs(entry);
      if (dueInMs <= 0) {
        this.plan(entry, 'next');
        this.start(entry);
      } else if (Number.isFinite(dueInMs) && isPastDay(entry, dueInMs)) this.plan(entry, 'next');
    }
    this.arm();
  }
}

/** A daily job more than a day away: the clock was moved back. */
function isPastDay({ schedule }: Entry, dueInMs: number): boolean {
  return schedule !== null && 'at' in schedule && dueInMs > DAY_MS;
}
