import type { HoldObservation } from '../verdict/observation.js';
import type { RunVerdict } from '../verdict/verdict.js';
import type { Focus, HoldValidity } from './analysis.js';

/** Step 6.1: which holds say anything about the system. A saturated system is not an unfit generator. */
export function validityOf(holds: readonly HoldObservation[], verdict: RunVerdict): HoldValidity[] {
  return holds.map(({ step, levelPercent }) => {
    const judged = verdict.holds.find((each) => each.step === step);
    const broken = (judged?.fitness ?? []).filter((check) => check.applied && !check.passed);
    const word = judged?.word ?? 'insufficient';
    return { step, levelPercent, word, isUsable: word !== 'insufficient', broken };
  });
}

/**
 * The hold the findings are about: the lowest usable level that failed, else the highest usable one; compared with the
 * lowest usable level below it. Undefined when no hold is usable.
 */
export function focusOf(
  holds: readonly HoldObservation[],
  validity: readonly HoldValidity[],
  verdict: RunVerdict,
): Focus | undefined {
  const usable = validity.filter(({ isUsable }) => isUsable).sort((a, b) => a.levelPercent - b.levelPercent);
  const chosen = usable.find(({ word }) => word === 'failure') ?? usable.at(-1);
  const hold = holds.find(({ step }) => step === chosen?.step);
  if (!chosen || !hold) return undefined;
  const baseline = usable.find(({ levelPercent }) => levelPercent < chosen.levelPercent);
  const reasons = verdict.holds.find(({ step }) => step === chosen.step)?.reasons ?? [];
  const broken = [...new Set(reasons.flatMap(({ operation }) => operation ?? []))];
  return {
    step: chosen.step,
    levelPercent: chosen.levelPercent,
    ...(baseline ? { baselineStep: baseline.step, baselinePercent: baseline.levelPercent } : {}),
    operations: broken.length > 0 ? broken : hold.operations.map(({ operation }) => operation),
    inFlight: hold.meanInFlight,
  };
}
