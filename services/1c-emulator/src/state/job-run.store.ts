import type { JobRun } from '../domain/job-run.js';

/** All runs of one job ever finished. */
export interface RunTotals {
  readonly runs: number;
  readonly succeeded: number;
  /** Every other outcome. */
  readonly failed: number;
}

/** Keeps the runs of jobs; the oldest of a job give way, its totals stay. */
export abstract class JobRunStore {
  /** Keeps a run that has just started. */
  abstract start(run: JobRun): Promise<void>;
  /** Keeps the final state of a started run and counts it. */
  abstract finish(run: JobRun): Promise<void>;
  abstract find(runId: string): Promise<JobRun | undefined>;
  /** Newest first. */
  abstract latest(job: string, limit: number): Promise<readonly JobRun[]>;
  abstract totals(job: string): Promise<RunTotals>;
  abstract clear(): Promise<void>;

  /** Reads again what other replicas may have written. */
  async refresh(): Promise<void> {
    // nobody else writes into memory
  }
}
