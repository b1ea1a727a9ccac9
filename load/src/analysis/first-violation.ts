import { stageAt } from '../engine/timeline.js';
import type { PlannedRun } from '../run-folder/run-files.js';
import type { Demands, RunVerdict } from '../verdict/verdict.js';
import type { FirstViolation } from './analysis.js';
import type { OperationWindow, SampleWindows } from './sample-windows.js';

/** A window with fewer operations says nothing about a percentile. */
const LEAST_OPERATIONS = 10;
const LEAST_FAILED = 2;

/** Step 6.2: the first window, by the clock, in which an operation broke its SLA or its error limit. */
export function firstViolation(
  windows: SampleWindows,
  planned: PlannedRun,
  judged: { demands: Demands; verdict: RunVerdict; startAt: number },
): FirstViolation | undefined {
  const { demands, verdict, startAt } = judged;
  for (const { operation, offsetMs, window } of windows.inOrder()) {
    const broken = brokenBy(window, demands, operation);
    if (!broken) continue;
    const phase = planned.phases.findLast((each) => each.startMs <= offsetMs) ?? planned.phases[0];
    const hold = verdict.holds.find(({ step }) => step === window.step);
    return {
      at: startAt + offsetMs,
      offsetMs,
      step: window.step,
      levelPercent: Math.round(phase ? levelAt(phase, offsetMs) : 0),
      stage: phase ? stageAt(phase, offsetMs - phase.startMs) : window.stage,
      operation,
      ...broken,
      windowMs: windows.windowMs,
      reasons: (hold?.reasons ?? []).filter((reason) => reason.operation === operation),
    };
  }
  return undefined;
}

function levelAt(phase: PlannedRun['phases'][number], offsetMs: number): number {
  const share = Math.min(1, Math.max(0, (offsetMs - phase.startMs) / phase.durationMs));
  return phase.fromPercent + (phase.toPercent - phase.fromPercent) * share;
}

function brokenBy({ latency, failed }: OperationWindow, demands: Demands, operation: string) {
  const ended = latency.count + failed;
  if (ended < LEAST_OPERATIONS) return undefined;
  const errors = (failed / ended) * 100;
  if (failed >= LEAST_FAILED && errors > demands.errorLimitPercent) {
    return { criterion: 'errors' as const, value: errors, limit: demands.errorLimitPercent };
  }
  const sla = demands.sla[operation];
  const value = sla && latency.percentile(sla.percentile);
  if (!sla || value === undefined || value <= sla.limitMs) return undefined;
  return { criterion: 'sla' as const, value, limit: sla.limitMs };
}
