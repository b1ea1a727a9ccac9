import type { Sample } from '../engine/sample.js';
import { totalMs } from '../engine/timeline.js';
import type { PlannedRun } from '../run-folder/run-files.js';
import { CoarseHistogram } from './statistics/coarse-histogram.js';

/** One operation in one stretch of the time of the load, by the planned instant. */
export interface OperationWindow {
  latency: CoarseHistogram;
  failed: number;
  step: number;
  stage: Sample['stage'];
}

const NICE_SECONDS = [1, 2, 5, 10, 15, 30, 60];
const WANTED_WINDOWS = 400;

/** Windows of all operations: a minute each in a long run, less in a rehearsal. */
export class SampleWindows {
  readonly windowMs: number;
  private readonly rows = new Map<string, (OperationWindow | undefined)[]>();

  constructor(
    planned: PlannedRun,
    private readonly startAt: number,
  ) {
    const wanted = totalMs(planned.phases) / 1000 / WANTED_WINDOWS;
    this.windowMs = (NICE_SECONDS.find((seconds) => seconds >= wanted) ?? 60) * 1000;
  }

  add(sample: Sample): void {
    if (sample.completed === undefined && sample.outcome !== 'dropped') return;
    const index = Math.floor((sample.planned - this.startAt) / this.windowMs);
    if (index < 0) return;
    let row = this.rows.get(sample.operation);
    if (!row) this.rows.set(sample.operation, (row = []));
    const window = (row[index] ??= {
      latency: new CoarseHistogram(),
      failed: 0,
      step: sample.step,
      stage: sample.stage,
    });
    if (sample.outcome === 'ok') window.latency.record((sample.completed as number) - sample.planned);
    else window.failed += 1;
  }

  /** Every window of every operation, in order of time. */
  *inOrder(): Generator<{ operation: string; offsetMs: number; window: OperationWindow }> {
    const last = Math.max(0, ...[...this.rows.values()].map((row) => row.length));
    for (let index = 0; index < last; index += 1) {
      for (const [operation, row] of this.rows) {
        const window = row[index];
        if (window) yield { operation, offsetMs: index * this.windowMs, window };
      }
    }
  }

  /** Windows of one operation that lie in the judged part of a step. */
  ofHold(operation: string, step: number): { offsetMs: number; window: OperationWindow }[] {
    const row = this.rows.get(operation) ?? [];
    return row.flatMap((window, index) =>
      window?.step === step && window.stage === 'hold' ? [{ offsetMs: index * this.windowMs, window }] : [],
    );
  }
}
