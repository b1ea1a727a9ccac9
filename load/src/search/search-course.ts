import type { Course, CourseDecision, StopWord } from '../engine/course.js';
import type { HoldReading } from '../engine/load-engine.js';
import type { Phase, PlanStep } from '../engine/timeline.js';
import { appendStep } from '../engine/timeline.js';
import type { SearchPlan } from '../profiles/plan.schema.js';
import type { VerdictWord } from '../verdict/verdict.js';
import type { SearchedStep, SearchOutcome, StepPurpose } from './max-search.js';
import { isPassed, MaxSearch } from './max-search.js';

export interface SearchCourseOptions {
  plan: SearchPlan;
  /** Phases of an interrupted run, all of them over; empty at first. */
  phases: Phase[];
  /** Verdicts known from before an interruption. */
  judged: readonly SearchedStep[];
  /** Verdict of a finished hold. */
  judge(reading: HoldReading): VerdictWord;
  /** Called after every change of the phases or the verdicts. */
  onChange(phases: readonly Phase[], outcome: SearchOutcome): void;
}

/** Step finding of the maximum (spec 1.1): every verdict decides where the load goes next. */
export class SearchCourse implements Course {
  readonly phases: Phase[];
  private readonly search: MaxSearch;
  /** Laid out and not yet judged, by number of the step. */
  private readonly open = new Map<number, Omit<SearchedStep, 'word'>>();

  constructor(private readonly options: SearchCourseOptions) {
    const { plan, judged, phases } = options;
    const { start, step, ceiling } = plan;
    this.search = new MaxSearch({ startPercent: start, stepPercent: step, ceilingPercent: ceiling }, judged);
    this.phases = phases;
  }

  get outcome(): SearchOutcome {
    return this.search.outcome();
  }

  sent(step: number): void {
    const sent = this.open.get(step);
    const next = sent && this.search.nextIfPassed(sent);
    if (sent && next) this.lay(next.levelPercent, next.purpose, { fromPercent: sent.levelPercent });
  }

  judge(reading: HoldReading): CourseDecision {
    const word = this.options.judge(reading);
    this.close(reading.step, word);
    return isPassed(word) ? 'go-on' : 'cut';
  }

  broken(step: number, word: StopWord): void {
    this.close(step, word);
  }

  forget(fromIndex: number): void {
    for (const { step } of this.phases.splice(fromIndex)) this.open.delete(step);
    for (const { step, cutMs } of this.phases) if (cutMs !== undefined) this.open.delete(step);
  }

  extend(atMs: number): boolean {
    const next = this.search.next();
    if (!next) return false;
    this.lay(next.levelPercent, next.purpose, { fromPercent: 0, atMs });
    return true;
  }

  private lay(levelPercent: number, purpose: StepPurpose, from: { fromPercent: number; atMs?: number }): void {
    const { plan } = this.options;
    const isFirst = !this.phases.some((phase) => phase.kind === 'hold');
    const step = appendStep(this.phases, searchStep(plan, levelPercent, { purpose, isFirst }), from);
    this.open.set(step, { step, levelPercent, purpose });
    this.options.onChange(this.phases, this.outcome);
  }

  private close(step: number, word: VerdictWord): void {
    const known = this.open.get(step);
    if (!known) return;
    this.open.delete(step);
    this.search.add({ ...known, word });
    this.options.onChange(this.phases, this.outcome);
  }
}

/** Ramp and hold of one step: the first one, the following ones and the confirmation differ (spec 1.1, 1.2). */
export function searchStep(
  plan: SearchPlan,
  levelPercent: number,
  kind: { purpose: StepPurpose; isFirst: boolean },
): PlanStep {
  const following = kind.isFirst ? plan.first : plan.next;
  const { ramp, hold } = kind.purpose === 'confirm' ? plan.confirm : following;
  return { levelPercent, rampMs: ramp, holdMs: hold, settleMs: Math.min(plan.settle, hold / 2) };
}

/** The longest way upwards with its confirmation: what data and time have to suffice for. */
export function forecastSearch(plan: SearchPlan): Phase[] {
  const phases: Phase[] = [];
  let fromPercent = 0;
  for (let level = plan.start; level <= plan.ceiling; level += plan.step) {
    appendStep(phases, searchStep(plan, level, { purpose: 'search', isFirst: level === plan.start }), { fromPercent });
    fromPercent = level;
  }
  const atMs = phases.reduce((end, phase) => Math.max(end, phase.startMs + phase.durationMs), 0) + plan.rest;
  appendStep(phases, searchStep(plan, fromPercent, { purpose: 'confirm', isFirst: false }), { fromPercent: 0, atMs });
  return phases;
}
