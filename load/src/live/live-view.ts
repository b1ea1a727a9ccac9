import type { LiveRun } from './live-run.js';

/** Rates are those of the last ten seconds: shorter jump, longer hide what has just begun. */
const WINDOW_TICKS = 10;

/** One operation as people watch it; latencies of the last minute, milliseconds from the plan. */
export interface OperationFigures {
  operation: string;
  targetPerHour: number;
  /** Operations that ended, well or badly; absent in the first second. */
  actualPerHour?: number;
  p50Ms?: number;
  p95Ms?: number;
  p99Ms?: number;
}

/** The load as people watch it. */
export interface LiveFigures {
  levelPercent: number;
  targetPerSecond: number;
  actualPerSecond?: number;
  /** Of the operation that is slowest. */
  p95Ms?: number;
  /** From the plan to sending, last minute. */
  lagP99Ms?: number;
  operations: OperationFigures[];
}

interface Mark {
  at: number;
  levelPercent: number;
  ended: number[];
}

/** What a terminal shows of a run, second by second. */
export class LiveView {
  private readonly marks: Mark[] = [];

  constructor(private readonly live: LiveRun) {}

  /** Figures at epoch milliseconds `now`; to be asked once a second. */
  tick(now: number): LiveFigures {
    const { operations } = this.live;
    const ended = operations.map(({ counts }) => counts.ok + counts.failed);
    const mark = { at: now, levelPercent: this.live.levelPercent(now), ended };
    this.marks.push(mark);
    if (this.marks.length > WINDOW_TICKS + 1) this.marks.shift();
    const rows = operations.map((_, index) => this.figuresOf(index, now));
    const perSecond = (of: (row: OperationFigures) => number) => rows.reduce((sum, row) => sum + of(row), 0) / 3600;
    const lags = operations.flatMap(({ minute }) => minute.read(now).lag.percentile(99) ?? []);
    const p95s = rows.flatMap(({ p95Ms }) => p95Ms ?? []);
    return {
      levelPercent: mark.levelPercent,
      targetPerSecond: perSecond(({ targetPerHour }) => targetPerHour),
      ...(this.marks.length > 1 && { actualPerSecond: perSecond(({ actualPerHour = 0 }) => actualPerHour) }),
      ...(p95s.length > 0 && { p95Ms: Math.max(...p95s) }),
      ...(lags.length > 0 && { lagP99Ms: Math.max(...lags) }),
      operations: rows,
    };
  }

  private figuresOf(index: number, now: number): OperationFigures {
    const { operation, perHour, minute } = this.live.operations[index]!;
    const [first, last] = [this.marks[0] as Mark, this.marks.at(-1) as Mark];
    const counted = this.marks.length > 1 ? this.marks.slice(1) : this.marks;
    const level = counted.reduce((sum, { levelPercent }) => sum + levelPercent, 0) / counted.length;
    const { latency } = minute.read(now);
    const row: OperationFigures = { operation, targetPerHour: (perHour * level) / 100 };
    if (last.at > first.at) {
      row.actualPerHour = ((last.ended[index]! - first.ended[index]!) * 3_600_000) / (last.at - first.at);
    }
    if (latency.count === 0) return row;
    return { ...row, p50Ms: latency.percentile(50), p95Ms: latency.percentile(95), p99Ms: latency.percentile(99) };
  }
}
