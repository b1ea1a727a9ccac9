import type { HoldReading } from '../engine/load-engine.js';
import type { Recorder } from '../engine/recorder.js';
import type { PlannedRun } from '../run-folder/run-files.js';
import type { HoldObservation } from './observation.js';
import { observeHold } from './observation.js';
import type { Demands } from './verdict.js';

/** What the run's profile demands. */
export function demandsOf({ profile, operations }: PlannedRun): Demands {
  const sla: Demands['sla'] = {};
  for (const { operation } of operations) {
    const owed = profile.operations[operation]?.sla;
    if (owed) sla[operation] = { percentile: owed.percentile, limitMs: owed.limit };
  }
  return { sla, errorLimitPercent: profile.errorLimitPercent, accuracyLimitPercent: profile.accuracyLimitPercent };
}

/** Observations of every hold the engine has finished. */
export function observeHolds(run: PlannedRun, readings: readonly HoldReading[], recorder: Recorder): HoldObservation[] {
  return readings.map((reading) => {
    const wanted = run.operations.map(({ operation, byStep }) => ({
      operation,
      planned: byStep[reading.step]?.['hold'] ?? 0,
      slaPercentile: run.profile.operations[operation]?.sla.percentile ?? 95,
    }));
    return observeHold(reading, wanted, recorder);
  });
}
