import type { Evidence, HrlinkOperation } from '@poligon/hrlink-api';
import { LatencyHistogram } from '../engine/latency-histogram.js';

/** Figures of one HTTP operation over a run, ready for the report. */
export interface CallSummary {
  operation: string;
  evidence: Evidence;
  count: number;
  errors: number;
  /** Answers by HTTP status; `net` when there was none. */
  statuses: Record<string, number>;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
  histogram: string;
}

/** Calls of one operation on their way from one meter to another. */
export interface CallDelta {
  operation: string;
  evidence: string;
  errors: number;
  statuses: Record<string, number>;
  histogram: string;
}

interface Meter {
  evidence: Evidence;
  errors: number;
  statuses: Map<string, number>;
  histogram: LatencyHistogram;
}

/** Counts every HTTP call by operation of the path profile, each attempt on its own, polls included. */
export class CallMeter {
  private readonly meters = new Map<string, Meter>();

  /** `status` is the HTTP status or `net`; `failed` also covers `result: false` in a 200 answer. */
  record(op: HrlinkOperation, call: { evidence: Evidence; status: string; failed: boolean; durationMs: number }): void {
    const meter = this.meter(op, call.evidence);
    if (call.failed) meter.errors += 1;
    meter.statuses.set(call.status, (meter.statuses.get(call.status) ?? 0) + 1);
    meter.histogram.record(call.durationMs);
  }

  /** What was counted since the last call, for another meter; the counts start from nothing again. */
  take(): CallDelta[] {
    const taken = [...this.meters.entries()].map(([operation, { evidence, errors, statuses, histogram }]) => ({
      ...{ operation, evidence, errors, statuses: Object.fromEntries(statuses), histogram: histogram.encode() },
    }));
    for (const { histogram } of this.meters.values()) histogram.destroy();
    this.meters.clear();
    return taken;
  }

  /** Adds what another meter has counted. */
  merge({ operation, evidence, errors, statuses, histogram }: CallDelta): void {
    const meter = this.meter(operation, evidence as Evidence);
    meter.errors += errors;
    for (const [status, count] of Object.entries(statuses)) {
      meter.statuses.set(status, (meter.statuses.get(status) ?? 0) + count);
    }
    const added = LatencyHistogram.decode(histogram);
    meter.histogram.add(added);
    added.destroy();
  }

  summary(): CallSummary[] {
    return [...this.meters.entries()].map(([operation, meter]) => ({
      operation,
      evidence: meter.evidence,
      count: meter.histogram.count,
      errors: meter.errors,
      statuses: Object.fromEntries(meter.statuses),
      p50Ms: meter.histogram.percentile(50) ?? 0,
      p95Ms: meter.histogram.percentile(95) ?? 0,
      p99Ms: meter.histogram.percentile(99) ?? 0,
      maxMs: meter.histogram.maxMs,
      histogram: meter.histogram.encode(),
    }));
  }

  private meter(operation: string, evidence: Evidence): Meter {
    let meter = this.meters.get(operation);
    if (!meter) {
      meter = { evidence, errors: 0, statuses: new Map(), histogram: LatencyHistogram.empty() };
      this.meters.set(operation, meter);
    }
    return meter;
  }
}
