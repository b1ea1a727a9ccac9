import { Injectable } from '@nestjs/common';
import type { JobRun } from '../domain/job-run.js';
import { JobRunStore, type RunTotals } from './job-run.store.js';

interface JobHistory {
  /** Oldest first. */
  runs: JobRun[];
  totals: RunTotals;
}

/** Reference implementation: runs live as long as the process. */
@Injectable()
export class MemoryJobRunStore extends JobRunStore {
  private readonly histories = new Map<string, JobHistory>();

  constructor(private readonly maxRunsPerJob: number) {
    super();
  }

  async start(run: JobRun): Promise<void> {
    const { runs } = this.history(run.job);
    runs.push(structuredClone(run));
    if (runs.length > this.maxRunsPerJob) runs.shift();
  }

  async finish(run: JobRun): Promise<void> {
    const history = this.history(run.job);
    const at = history.runs.findIndex(({ id }) => id === run.id);
    if (at >= 0) history.runs[at] = structuredClone(run);
    const { runs, succeeded, failed } = history.totals;
    const isGood = run.outcome === 'succeeded';
    history.totals = { runs: runs + 1, succeeded: succeeded + (isGood ? 1 : 0), failed: failed + (isGood ? 0 : 1) };
  }

  async find(runId: string): Promise<JobRun | undefined> {
    for (const { runs } of this.histories.values()) {
      const run = runs.find(({ id }) => id === runId);
      if (run !== undefined) return structuredClone(run);
    }
    return undefined;
  }

  async latest(job: string, limit: number): Promise<readonly JobRun[]> {
    const runs = this.histories.get(job)?.runs ?? [];
    return structuredClone(runs.slice(Math.max(0, runs.length - limit)).reverse());
  }

  async totals(job: string): Promise<RunTotals> {
    return this.histories.get(job)?.totals ?? { runs: 0, succeeded: 0, failed: 0 };
  }

  async clear(): Promise<void> {
    this.histories.clear();
  }

  private history(job: string): JobHistory {
    let history = this.histories.get(job);
    if (history === undefined) {
      history = { runs: [], totals: { runs: 0, succeeded: 0, failed: 0 } };
      this.histories.set(job, history);
    }
    return history;
  }
}
