import { LatencyHistogram } from './latency-histogram.js';
import type { Outcome, Sample } from './sample.js';
import type { Stage } from './timeline.js';

/** Histograms and counts of one operation in one stage of one step. */
export interface Cell {
  operation: string;
  step: number;
  stage: Stage;
  counts: Record<Outcome, number>;
  /** Completion counted from the planned instant: what SLA is judged by (spec 3.4). */
  fromPlan: LatencyHistogram;
  /** Completion counted from the actual start. */
  service: LatencyHistogram;
  /** Acceptance counted from the planned instant. */
  accepted: LatencyHistogram;
  /** Plan to start: the generator's own lag. */
  lag: LatencyHistogram;
}

/** Folds samples into cells. Latency histograms hold successful operations only: a fast refusal is not a fast answer. */
export class Recorder {
  private readonly cells = new Map<string, Cell>();

  record(sample: Sample): void {
    const cell = this.cell(sample.operation, sample.step, sample.stage);
    cell.counts[sample.outcome] += 1;
    if (sample.started !== undefined) cell.lag.record(sample.started - sample.planned);
    if (sample.accepted !== undefined) cell.accepted.record(sample.accepted - sample.planned);
    if (sample.outcome !== 'ok' || sample.completed === undefined) return;
    cell.fromPlan.record(sample.completed - sample.planned);
    cell.service.record(sample.completed - (sample.started ?? sample.planned));
  }

  all(): Cell[] {
    return [...this.cells.values()];
  }

  /** The cell, created empty when nothing was recorded yet. */
  cell(operation: string, step: number, stage: Stage): Cell {
    const key = `${operation}|${step}|${stage}`;
    let cell = this.cells.get(key);
    if (!cell) {
      cell = {
        operation,
        step,
        stage,
        counts: { ok: 0, failed: 0, dropped: 0, lost: 0 },
        fromPlan: LatencyHistogram.empty(),
        service: LatencyHistogram.empty(),
        accepted: LatencyHistogram.empty(),
        lag: LatencyHistogram.empty(),
      };
      this.cells.set(key, cell);
    }
    return cell;
  }
}
