/** One step of a plan: a linear ramp to `levelPercent` of the profile, then a hold at it. */
export interface PlanStep {
  levelPercent: number;
  rampMs: number;
  holdMs: number;
  /** First part of the hold: shown, never judged (spec section 2, settle time). */
  settleMs: number;
}

export type PhaseKind = 'ramp' | 'hold';

/** A stretch of the plan with a linearly changing level. Times are milliseconds from the start of the load. */
export interface Phase {
  index: number;
  /** 1-based number of the step. */
  step: number;
  kind: PhaseKind;
  fromPercent: number;
  toPercent: number;
  startMs: number;
  durationMs: number;
  settleMs: number;
  /** Where the phase was broken off, milliseconds from its start; nothing was sent after it. */
  cutMs?: number;
}

/** Where an arrival falls: only `hold` is judged. */
export type Stage = 'ramp' | 'settle' | 'hold';

/** Lays the steps out in time; phases of zero length are left out. */
export function layOut(steps: readonly PlanStep[], startPercent: number): Phase[] {
  const phases: Phase[] = [];
  let level = startPercent;
  for (const step of steps) {
    appendStep(phases, step, { fromPercent: level });
    level = step.levelPercent;
  }
  return phases;
}

/**
 * Appends one step, ramp and hold, to the phases laid out so far. It follows the last phase, or starts `atMs` after
 * the start of the load. Gives the step's number.
 */
export function appendStep(phases: Phase[], step: PlanStep, from: { fromPercent: number; atMs?: number }): number {
  const number = (phases.at(-1)?.step ?? 0) + 1;
  const to = step.levelPercent;
  let startMs = from.atMs ?? totalMs(phases);
  const append = (phase: Omit<Phase, 'index' | 'startMs'>) => {
    if (phase.durationMs <= 0) return;
    phases.push({ ...phase, index: phases.length, startMs });
    startMs += phase.durationMs;
  };
  const { fromPercent } = from;
  append({ step: number, kind: 'ramp', fromPercent, toPercent: to, durationMs: step.rampMs, settleMs: 0 });
  append({
    step: number,
    kind: 'hold',
    fromPercent: to,
    toPercent: to,
    durationMs: step.holdMs,
    settleMs: Math.min(step.settleMs, step.holdMs),
  });
  return number;
}

/** Stage of a moment `offsetMs` after the start of the phase. */
export function stageAt(phase: Phase, offsetMs: number): Stage {
  if (phase.kind === 'ramp') return 'ramp';
  return offsetMs < phase.settleMs ? 'settle' : 'hold';
}

/** Length of the judged part of a hold, milliseconds. */
export function judgedMs(phase: Phase): number {
  return phase.kind === 'hold' ? phase.durationMs - phase.settleMs : 0;
}

/** How long the phase was sent: all of it, or up to where it was broken off. */
export function sentMs(phase: Phase): number {
  return phase.cutMs ?? phase.durationMs;
}

/** End of the last phase, milliseconds from the start of the load. */
export function totalMs(phases: readonly Phase[]): number {
  return phases.reduce((end, phase) => Math.max(end, phase.startMs + sentMs(phase)), 0);
}
