import { Injectable } from '@nestjs/common';
import { Clock, Ids, Logger, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import { ExchangeRefusal } from './exchange-refusal.js';

/** States of a background job as exchange services tell them (1c.md 4). */
export const BACKGROUND_STATES = ['Active', 'Completed', 'Failed', 'Canceled'] as const;
export type BackgroundState = (typeof BACKGROUND_STATES)[number];

export interface BackgroundJob {
  /** The OperationID callers ask by. */
  readonly id: string;
  readonly title: string;
  readonly startedAt: string;
  finishedAt: string | null;
  state: BackgroundState;
  error: string | null;
  /** What a completed job left, e.g. the id of a file. */
  result: { readonly fileId: string; readonly partCount: number } | undefined;
}

/** How faults bend a job: it never ends, or is cancelled at once. */
export interface BackgroundFate {
  readonly isStuck: boolean;
  readonly isCanceled: boolean;
}

const MAX_KEPT = 1000;

/** Background jobs that exchange services start and callers poll. They run one after another, so that memory holds one exchange at a time. */
@ResetOnAdmin()
@Injectable()
export class BackgroundJobs implements Resettable {
  private readonly jobs = new Map<string, BackgroundJob>();
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Newest first. */
  get all(): readonly BackgroundJob[] {
    return [...this.jobs.values()].reverse();
  }

  find(id: string): BackgroundJob | undefined {
    return this.jobs.get(id);
  }

  /** Starts a job; what `work` throws as ExchangeRefusal becomes its error. */
  start(title: string, fate: BackgroundFate, work: () => Promise<BackgroundJob['result']>): BackgroundJob {
    const job: BackgroundJob = {
      ...{ id: this.ids.uuid(), title, startedAt: this.clock.isoNow() },
      ...{ finishedAt: null, state: 'Active', error: null, result: undefined },
    };
    if (this.jobs.size >= MAX_KEPT) this.jobs.delete(this.jobs.keys().next().value!);
    this.jobs.set(job.id, job);
    if (fate.isCanceled) this.end(job, 'Canceled', null);
    else if (!fate.isStuck) this.queue = this.queue.then(() => this.perform(job, work));
    return job;
  }

  /** Resolves when every job started so far has ended, except those that never do. */
  settled(): Promise<void> {
    return this.queue;
  }

  /** Puts a job into a state by hand; false when there is none. */
  force(id: string, state: BackgroundState, error: string | null): boolean {
    const job = this.jobs.get(id);
    if (job === undefined) return false;
    this.end(job, state, error);
    return true;
  }

  reset(): void {
    this.jobs.clear();
  }

  private async perform(job: BackgroundJob, work: () => Promise<BackgroundJob['result']>): Promise<void> {
    if (job.state !== 'Active') return;
    try {
      const result = await work();
      if (job.state !== 'Active') return;
      job.result = result;
      this.end(job, 'Completed', null);
    } catch (failure) {
      const isRefusal = failure instanceof ExchangeRefusal;
      if (!isRefusal) this.logger.error('exchange.crashed', { job: job.id, failure: String(failure) });
      this.end(job, 'Failed', isRefusal ? failure.message : 'Внутренняя ошибка фонового задания');
    }
  }

  private end(job: BackgroundJob, state: BackgroundState, error: string | null): void {
    job.state = state;
    job.error = error;
    job.finishedAt = state === 'Active' ? null : this.clock.isoNow();
  }
}
