import type { Phase } from '../engine/timeline.js';
import { sentMs } from '../engine/timeline.js';
import type { HoldObservation } from '../verdict/observation.js';
import type { MetricByHold } from './analysis.js';
import type { MetricReadings } from './observed-run.js';

/** Judged part of every hold, epoch milliseconds. */
export function judgedPeriods(
  phases: readonly Phase[],
  holds: readonly HoldObservation[],
  startAt: number,
): { step: number; levelPercent: number; from: number; to: number }[] {
  return holds.flatMap(({ step, levelPercent }) => {
    const phase = phases.find((each) => each.step === step && each.kind === 'hold');
    if (!phase) return [];
    const from = startAt + phase.startMs + phase.settleMs;
    return [{ step, levelPercent, from, to: startAt + phase.startMs + sentMs(phase) }];
  });
}

/** Mean and maximum of every metric over every hold; metrics without a reading in any hold are left out. */
export function metricsByHold(
  metrics: readonly MetricReadings[],
  periods: ReturnType<typeof judgedPeriods>,
): MetricByHold[] {
  return metrics.flatMap(({ points, ...definition }) => {
    const holds = periods.flatMap(({ step, levelPercent, from, to }) => {
      const values = points.filter(({ at }) => at >= from && at <= to).map(({ value }) => value);
      if (values.length === 0) return [];
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [{ step, levelPercent, mean, max: values.reduce((a, b) => Math.max(a, b)), n: values.length }];
    });
    const atStart = points[0]?.value;
    return holds.length > 0 ? [{ ...definition, ...(atStart === undefined ? {} : { atStart }), holds }] : [];
  });
}
