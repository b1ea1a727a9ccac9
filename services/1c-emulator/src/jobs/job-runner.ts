import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, Logger } from '@poligon/emulator-kit';
import type { OneCConfig } from '../config.js';
import { newRun, type JobRun, type RunTrigger } from '../domain/job-run.js';
import { hintsOf } from '../protocol/hrlink/run-hints.js';
import { OneCTime } from '../schedule/one-c-time.js';
import { JobRunStore } from '../state/job-run.store.js';
import { JobExchange } from './job-exchange.js';
import { JobWorkshop } from './job-workshop.js';
import type { ScheduledWork } from './job.js';
import { RunControl } from './run-control.js';

/** A run that goes on. */
export interface ActiveRun {
  readonly run: JobRun;
  /** Resolves when the run has ended and is kept. */
  readonly finished: Promise<void>;
}

interface Running extends ActiveRun {
  readonly control: RunControl;
}

/** Runs jobs, each at most once at a time. */
@Injectable()
export class JobRunner {
  private readonly running = new Map<string, Running>();
  private isStopping = false;

  constructor(
    @Inject(CONFIG) private readonly config: OneCConfig,
    private readonly clock: Clock,
    private readonly time: OneCTime,
    private readonly ids: Ids,
    private readonly exchange: JobExchange,
    private readonly workshop: JobWorkshop,
    private readonly runs: JobRunStore,
    private readonly logger: Logger,
  ) {}

  active(job: string): ActiveRun | undefined {
    return this.running.get(job);
  }

  /** Starts a run; undefined when the job already runs or the emulator is stopping. */
  start(job: ScheduledWork, trigger: RunTrigger): ActiveRun | undefined {
    if (this.isStopping || this.running.has(job.name)) return undefined;
    const run = newRun({ id: this.ids.uuid(), job: job.name, trigger, startedAt: this.clock.isoNow() });
    const control = new RunControl(this.time);
    const running = { run, control, finished: this.perform(job, run, control) };
    this.running.set(job.name, running);
    return running;
  }

  /** Stops every run between its calls and waits for their ends, at most the drain time. */
  async interrupt(): Promise<void> {
    const ends = [...this.running.values()].map(({ control, finished }) => {
      control.stop();
      return finished;
    });
    if (ends.length === 0) return;
    let cancel = () => {};
    const patience = new Promise<void>((resolve) => (cancel = this.clock.after(this.config.drainTimeoutMs, resolve)));
    await Promise.race([Promise.all(ends), patience]);
    cancel();
    // A run that would not end is forgotten: its job may start anew, its result is not kept.
    this.running.clear();
  }

  /** No run starts any more. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.interrupt();
  }

  private async perform(job: ScheduledWork, run: JobRun, control: RunControl): Promise<void> {
    try {
      await this.runs.start(run);
      await this.exchange.run(run, async (exchange) => {
        const session = { run, control, hints: hintsOf(exchange) };
        const sessions = exchange.hinted('job-overlap') === true ? 2 : 1;
        const ends = await Promise.allSettled(
          Array.from({ length: sessions }, () => this.workshop.perform(job, session)),
        );
        const failed = ends.find((end) => end.status === 'rejected');
        if (failed !== undefined) throw failed.reason;
      });
      if (this.isCurrent(run)) await this.runs.finish(run);
    } catch (failure) {
      this.logger.error('job.not-kept', { job: job.name, run: run.id, failure: String(failure) });
    } finally {
      if (this.isCurrent(run)) this.running.delete(job.name);
    }
  }

  private isCurrent({ id, job }: JobRun): boolean {
    return this.running.get(job)?.run.id === id;
  }
}
