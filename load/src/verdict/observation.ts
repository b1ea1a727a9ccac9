import type { HoldReading } from '../engine/load-engine.js';
import type { Cell, Recorder } from '../engine/recorder.js';
import { LatencyHistogram } from '../engine/latency-histogram.js';

/** One operation over the judged part of a hold. Latencies are milliseconds, of successful operations. */
export interface OperationObservation {
  operation: string;
  planned: number;
  launched: number;
  succeeded: number;
  failed: number;
  dropped: number;
  lost: number;
  /** Completion from the planned instant; absent without a success. */
  p50Ms?: number;
  p90Ms?: number;
  p95Ms?: number;
  p99Ms?: number;
  maxMs?: number;
  /** The profile's own percentile of it: what SLA is judged by. */
  slaPercentileMs?: number;
  /** Completion from the actual start. */
  serviceP95Ms?: number;
  /** Acceptance from the planned instant. */
  acceptedP50Ms?: number;
  acceptedP95Ms?: number;
  lagP99Ms: number;
  /** Mean latency of each minute, for the stall test. */
  minuteMeansMs: number[];
}

/** Everything a hold is judged by; stored in the run folder. */
export interface HoldObservation extends HoldReading {
  operations: OperationObservation[];
  lagP99Ms: number;
  /** X·R: what Little's law says the number in flight should have been. */
  expectedInFlight: number;
}

/** What the profile and the plan demand of one operation. */
export interface ObservedOperation {
  operation: string;
  planned: number;
  slaPercentile: number;
}

/** Joins the recorder's cells with the generator's readings of one hold. */
export function observeHold(reading: HoldReading, operations: readonly ObservedOperation[], recorder: Recorder) {
  const lag = LatencyHistogram.empty();
  let residenceMs = 0;
  const rows = operations.map((wanted) => {
    const cell = recorder.cell(wanted.operation, reading.step, 'hold');
    lag.add(cell.lag);
    residenceMs += cell.residenceMs;
    return observeOperation(cell, wanted);
  });
  const observation: HoldObservation = {
    ...reading,
    operations: rows,
    lagP99Ms: lag.percentile(99) ?? 0,
    expectedInFlight: residenceMs / reading.judgedMs,
  };
  lag.destroy();
  return observation;
}

function observeOperation(cell: Cell, wanted: ObservedOperation): OperationObservation {
  const { ok, failed, dropped, lost } = cell.counts;
  return {
    operation: wanted.operation,
    planned: wanted.planned,
    // What was lost with a process or a worker has no start: the generator did not launch it, or cannot say so.
    launched: cell.lag.count,
    succeeded: ok,
    failed,
    dropped,
    lost,
    p50Ms: cell.fromPlan.percentile(50),
    p90Ms: cell.fromPlan.percentile(90),
    p95Ms: cell.fromPlan.percentile(95),
    p99Ms: cell.fromPlan.percentile(99),
    maxMs: ok > 0 ? cell.fromPlan.maxMs : undefined,
    slaPercentileMs: cell.fromPlan.percentile(wanted.slaPercentile),
    serviceP95Ms: cell.service.percentile(95),
    acceptedP50Ms: cell.accepted.percentile(50),
    acceptedP95Ms: cell.accepted.percentile(95),
    lagP99Ms: cell.lag.percentile(99) ?? 0,
    minuteMeansMs: [...cell.minutes.entries()].sort(([a], [b]) => a - b).map(([, point]) => point.sumMs / point.count),
  };
}
