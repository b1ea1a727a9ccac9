import type { JobRun } from '../domain/job-run.js';

/** A run in a list: everything but its calls and failures. */
export function runSummary({ callLog: _calls, failures: _failures, ...summary }: JobRun) {
  return summary;
}
