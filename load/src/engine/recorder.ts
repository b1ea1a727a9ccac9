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
  /** Time spent in the system by everything that ended, failures included: the X·R side of Little's law. */
  residenceMs: number;
  /** Mean latency per minute of the plan, for the stall test (spec 5.2). */
  minutes: Map<number, { count: number; sumMs: number }>;
}

/** A cell on its way from one recorder to another. */
export interface CellDelta {
  operation: string;
  step: number;
  stage: Stage;
  counts: Record<Outcome, number>;
  /** Compressed base64; kinds without a value are absent. */
  histograms: Partial<Record<(typeof KINDS)[number], string>>;
  residenceMs: number;
  /** Minute, count, sum. */
  minutes: [number, number, number][];
}

const MINUTE_MS = 60_000;
const OUTCOMES = ['ok', 'failed', 'dropped', 'lost'] as const;
const KINDS = ['fromPlan', 'service', 'accepted', 'lag'] as const;

/** Folds samples into cells. Latency histograms hold successful operations only: a fast refusal is not a fast answer. */
export class Recorder {
  private readonly cells = new Map<string, Cell>();

  record(sample: Sample): void {
    const cell = this.cell(sample.operation, sample.step, sample.stage);
    cell.counts[sample.outcome] += 1;
    if (sample.started !== undefined) cell.lag.record(sample.started - sample.planned);
    if (sample.accepted !== undefined) cell.accepted.record(sample.accepted - sample.planned);
    if (sample.completed === undefined) return;
    const serviceMs = sample.completed - (sample.started ?? sample.planned);
    cell.residenceMs += serviceMs;
    if (sample.outcome !== 'ok') return;
    cell.fromPlan.record(sample.completed - sample.planned);
    cell.service.record(serviceMs);
    addToMinute(cell, sample.planned, sample.completed - sample.planned);
  }

  /** Adds what another recorder has taken note of: histograms merge exactly, bucket by bucket. */
  merge(delta: CellDelta): void {
    const cell = this.cell(delta.operation, delta.step, delta.stage);
    for (const outcome of OUTCOMES) cell.counts[outcome] += delta.counts[outcome];
    for (const kind of KINDS) {
      const encoded = delta.histograms[kind];
      if (encoded === undefined) continue;
      const histogram = LatencyHistogram.decode(encoded);
      cell[kind].add(histogram);
      histogram.destroy();
    }
    cell.residenceMs += delta.residenceMs;
    for (const [minute, count, sumMs] of delta.minutes) {
      const point = cell.minutes.get(minute) ?? { count: 0, sumMs: 0 };
      cell.minutes.set(minute, { count: point.count + count, sumMs: point.sumMs + sumMs });
    }
  }

  /** What was recorded since the last call; the cells start from nothing again. */
  take(): CellDelta[] {
    const used = this.all().filter(({ counts }) => OUTCOMES.some((outcome) => counts[outcome] > 0));
    return used.map(takeCell);
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
        residenceMs: 0,
        minutes: new Map(),
      };
      this.cells.set(key, cell);
    }
    return cell;
  }
}

function addToMinute(cell: Cell, planned: number, latencyMs: number): void {
  const minute = Math.floor(planned / MINUTE_MS);
  const point = cell.minutes.get(minute) ?? { count: 0, sumMs: 0 };
  point.count += 1;
  point.sumMs += latencyMs;
  cell.minutes.set(minute, point);
}

function takeCell(cell: Cell): CellDelta {
  const { operation, step, stage, counts, residenceMs, minutes } = cell;
  const histograms: CellDelta['histograms'] = {};
  for (const kind of KINDS) {
    if (cell[kind].count > 0) histograms[kind] = cell[kind].encode();
    cell[kind].reset();
  }
  const taken: CellDelta = {
    ...{ operation, step, stage, histograms, residenceMs },
    counts: { ...counts },
    minutes: [...minutes].map(([minute, { count, sumMs }]) => [minute, count, sumMs]),
  };
  for (const outcome of OUTCOMES) counts[outcome] = 0;
  cell.residenceMs = 0;
  minutes.clear();
  return taken;
}
