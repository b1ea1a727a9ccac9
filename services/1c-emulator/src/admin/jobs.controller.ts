import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, Caller, checked, Clock, Journal } from '@poligon/emulator-kit';
import { z } from 'zod';
import { JobRunner, type ActiveRun } from '../jobs/job-runner.js';
import { jobNames } from '../jobs/job-table.js';
import { JobScheduler, type ScheduledJob } from '../schedule/job-scheduler.js';
import { OneCTime } from '../schedule/one-c-time.js';
import { scheduleSchema } from '../schedule/schedule-file.js';
import { JobRunStore } from '../state/job-run.store.js';
import { runSummary } from './run-view.js';

const MAX_WAIT_MS = 600_000;
const runQuery = z.object({
  wait: z.coerce.number().int().min(0).max(MAX_WAIT_MS, `must be 0..${MAX_WAIT_MS}`).default(0),
});
const listQuery = z.object({ limit: z.coerce.number().int().min(1).max(1000, 'must be 1..1000').default(50) });
const scheduleBody = z.strictObject({ schedule: scheduleSchema.nullable() });

/** Scheduled jobs of 1C: what they do, when, how their runs ended. */
@ApiTags('jobs')
@Controller('__admin/jobs')
export class JobsController {
  constructor(
    private readonly scheduler: JobScheduler,
    private readonly runner: JobRunner,
    private readonly runs: JobRunStore,
    private readonly time: OneCTime,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'all jobs with schedule, state, last run and totals' })
  async list() {
    return { jobs: await Promise.all(this.scheduler.list().map((scheduled) => this.view(scheduled))) };
  }

  @Get(':name')
  @ApiOperation({ summary: 'one job' })
  find(@Param('name') name: string) {
    return this.view(this.known(name));
  }

  @Post(':name/run')
  @HttpCode(202)
  @ApiOperation({ summary: 'starts a run now; `wait` holds the answer until it ends' })
  @ApiQuery({ name: 'wait', required: false, description: `milliseconds, at most ${MAX_WAIT_MS}` })
  async run(@Param('name') name: string, @Query() query: unknown) {
    const { job } = this.known(name);
    const { wait } = checked(runQuery, query);
    const started = this.runner.start(job, 'admin');
    if (started === undefined) throw new AdminError(409, this.refusal(name));
    if (wait > 0) await this.ended(started, wait);
    return { runId: started.run.id, finished: started.run.finishedAt !== null, run: runSummary(started.run) };
  }

  @Post(':name/pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'the job no longer starts by itself' })
  pause(@Param('name') name: string, @Caller() by: string) {
    this.known(name);
    this.scheduler.pause(name);
    return this.changed(name, 'paused', by);
  }

  @Post(':name/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'the job starts by its schedule again' })
  resume(@Param('name') name: string, @Caller() by: string) {
    this.known(name);
    this.scheduler.resume(name);
    return this.changed(name, 'resumed', by);
  }

  @Put(':name/schedule')
  @ApiOperation({ summary: 'replaces the schedule; null: only by hand' })
  @ApiBody(bodySchema(scheduleBody))
  reschedule(@Param('name') name: string, @Body() body: unknown, @Caller() by: string) {
    this.known(name);
    this.scheduler.reschedule(name, checked(scheduleBody, body).schedule);
    return this.changed(name, 'rescheduled', by);
  }

  @Get(':name/runs')
  @ApiOperation({ summary: 'runs of a job, newest first' })
  @ApiQuery({ name: 'limit', required: false, description: 'at most 1000' })
  async history(@Param('name') name: string, @Query() query: unknown) {
    this.known(name);
    const runs = await this.runs.latest(name, checked(listQuery, query).limit);
    const live = this.runner.active(name)?.run;
    return { runs: runs.map((run) => runSummary(run.id === live?.id ? live : run)) };
  }

  @Get(':name/runs/:id')
  @ApiOperation({ summary: 'one run with its last calls and first failures' })
  async detail(@Param('name') name: string, @Param('id') id: string) {
    this.known(name);
    const live = this.runner.active(name)?.run;
    const run = live?.id === id ? live : await this.runs.find(id);
    if (run?.job !== name) throw new AdminError(404, `no run "${id}" of job "${name}"`);
    return run;
  }

  private known(name: string): ScheduledJob {
    const found = this.scheduler.find(name);
    if (found !== undefined) return found;
    throw new AdminError(404, `no job "${name}", jobs are ${jobNames.join(', ')}`);
  }

  private refusal(name: string): string {
    const active = this.runner.active(name);
    return active === undefined ? 'the emulator is stopping' : `job "${name}" already runs, run ${active.run.id}`;
  }

  private async ended({ finished }: ActiveRun, waitMs: number): Promise<void> {
    let cancel = () => {};
    const patience = new Promise<void>((resolve) => (cancel = this.clock.after(waitMs, resolve)));
    await Promise.race([finished, patience]);
    cancel();
  }

  private changed(name: string, what: string, by: string) {
    this.journal.note('admin.job', what, { job: name, by });
    return this.view(this.known(name));
  }

  private async view({ job, schedule, isPaused, dueInMs }: ScheduledJob) {
    const { name, title, about } = job;
    const live = this.runner.active(name)?.run;
    const [stored] = await this.runs.latest(name, 1);
    const last = live ?? stored;
    return {
      ...{ name, title, about, schedule, isPaused },
      state: live === undefined ? (isPaused ? 'paused' : 'idle') : 'running',
      nextRunAt: dueInMs === undefined ? null : new Date(this.time.nowMs() + dueInMs).toISOString(),
      lastRun: last === undefined ? null : runSummary(last),
      ...(await this.runs.totals(name)),
    };
  }
}
