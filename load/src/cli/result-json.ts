import type { RunResult } from '../run-options.js';

/** What `run --json` and `resume --json` print: the verdict and where everything else is. */
export function resultJson({ folder, report, exitCode, verdict, holds }: RunResult): string {
  const { word, reasons } = verdict;
  const judged = holds.map(({ step, levelPercent, operations }) => ({
    step,
    levelPercent,
    word: verdict.holds.find((hold) => hold.step === step)?.word,
    operations: operations.map(({ operation, planned, succeeded, failed, dropped, lost, p50Ms, p95Ms, p99Ms }) => {
      return { operation, planned, succeeded, failed, dropped, lost, p50Ms, p95Ms, p99Ms };
    }),
  }));
  return `${JSON.stringify({ folder, report, word, exitCode, reasons, holds: judged })}\n`;
}
