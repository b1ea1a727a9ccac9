/** How a run of a job ended. */
export const RUN_OUTCOMES = ['succeeded', 'partial', 'failed', 'gave-up', 'abandoned', 'interrupted'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** Who started a run. */
export type RunTrigger = 'schedule' | 'admin';

/** One object HRLink did not take. */
export interface ItemFailure {
  readonly externalId: string | null;
  readonly message: string;
}

/** One call of a run, retries included. */
export interface CallRecord {
  readonly operation: string;
  /** HTTP status; null when no answer came. */
  readonly status: number | null;
  /** HRLink's `errorCode` of a refusal. */
  readonly code: string | null;
  readonly durationMs: number;
}

/** One run of a scheduled job. Times are ISO 8601 UTC. */
export interface JobRun {
  readonly id: string;
  readonly job: string;
  readonly trigger: RunTrigger;
  readonly startedAt: string;
  finishedAt: string | null;
  /** Null while the run goes on. */
  outcome: RunOutcome | null;
  readonly items: { sent: number; succeeded: number; failed: number };
  readonly received: { employees: number; documents: number; applications: number; printForms: number };
  calls: number;
  retries: number;
  /** Bulk tasks nobody asked about. */
  abandonedTasks: number;
  error: string | null;
  /** The first failed objects, at most `MAX_FAILURES`. */
  readonly failures: ItemFailure[];
  /** The last calls, at most `MAX_CALLS`. */
  readonly callLog: CallRecord[];
}

export const MAX_FAILURES = 100;
export const MAX_CALLS = 100;

export function newRun(facts: Pick<JobRun, 'id' | 'job' | 'trigger' | 'startedAt'>): JobRun {
  return {
    ...facts,
    finishedAt: null,
    outcome: null,
    items: { sent: 0, succeeded: 0, failed: 0 },
    received: { employees: 0, documents: 0, applications: 0, printForms: 0 },
    calls: 0,
    retries: 0,
    abandonedTasks: 0,
    error: null,
    failures: [],
    callLog: [],
  };
}

/** Counts an object HRLink did not take and keeps the first texts. */
export function noteFailure(run: JobRun, failure: ItemFailure): void {
  run.items.failed += 1;
  if (run.failures.length < MAX_FAILURES) run.failures.push(failure);
}

/** Counts a call and keeps the last ones. */
export function noteCall(run: JobRun, call: CallRecord): void {
  run.calls += 1;
  run.callLog.push(call);
  if (run.callLog.length > MAX_CALLS) run.callLog.shift();
}

/** Outcome of a run that reached its end. */
export function reachedOutcome(run: JobRun): RunOutcome {
  if (run.abandonedTasks > 0) return 'abandoned';
  return run.items.failed > 0 ? 'partial' : 'succeeded';
}
