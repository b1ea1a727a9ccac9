import type { VerdictWord } from '../verdict/verdict.js';

/** Why a step was run. */
export type StepPurpose = 'search' | 'confirm';

/** A step of the search whose verdict is known; `broken` when a stop rule ended its hold early. */
export interface SearchedStep {
  step: number;
  levelPercent: number;
  purpose: StepPurpose;
  word: VerdictWord;
}

export interface SearchRange {
  /** L0 and ΔL, per cent of the profile; no step goes above the ceiling. */
  startPercent: number;
  stepPercent: number;
  ceilingPercent: number;
}

export interface NextStep {
  levelPercent: number;
  purpose: StepPurpose;
}

/** What the search has found (spec 1.1, 1.2). */
export interface SearchOutcome {
  /** Last level that passed and, where it was confirmed, passed again; absent when none did. */
  lmaxPercent?: number;
  /**
   * `found`: the next level failed. `at-least`: the ceiling passed, or the next level could not be judged.
   * `below-start`: L0 failed and a lower level passed. `none`: nothing passed. `unfinished`: the search was not ended.
   */
  result: 'found' | 'at-least' | 'below-start' | 'none' | 'unfinished';
  isConfirmed: boolean;
  /** A confirmation failed at a level that had passed before: both are to be shown. */
  isDisputed: boolean;
  steps: SearchedStep[];
}

/**
 * The search for the maximum as a pure state: verdicts go in, the next step comes out. Upwards from L0 by ΔL until a
 * hold fails; downwards when the first one fails; then a confirmation, one step lower after each failure.
 */
export class MaxSearch {
  private readonly steps: SearchedStep[] = [];

  constructor(
    private readonly range: SearchRange,
    judged: readonly SearchedStep[] = [],
  ) {
    for (const step of judged) this.add(step);
  }

  add(step: SearchedStep): void {
    this.steps.push(step);
  }

  /** The step to run now, or undefined when the search is over. */
  next(): NextStep | undefined {
    if (this.isSearching()) return this.nextSearched();
    const levelPercent = this.candidate();
    if (levelPercent === undefined || this.isConfirmed()) return undefined;
    return { levelPercent, purpose: 'confirm' };
  }

  /** The step that follows should the one being run pass: it may begin before the verdict. */
  nextIfPassed(step: Omit<SearchedStep, 'word'>): NextStep | undefined {
    if (step.purpose === 'confirm' || this.hasFailed()) return undefined;
    return this.above(step.levelPercent);
  }

  outcome(): SearchOutcome {
    const lmaxPercent = this.isSearching() ? undefined : this.candidate();
    return {
      ...(lmaxPercent === undefined ? {} : { lmaxPercent }),
      result: this.result(lmaxPercent),
      isConfirmed: this.isConfirmed(),
      isDisputed: this.confirmations().some(({ word }) => !isPassed(word)),
      steps: [...this.steps],
    };
  }

  private result(lmaxPercent: number | undefined): SearchOutcome['result'] {
    if (this.isSearching()) return 'unfinished';
    if (lmaxPercent === undefined)
      return this.searched().some(({ word }) => word === 'failure') ? 'none' : 'unfinished';
    if (lmaxPercent < this.range.startPercent) return 'below-start';
    return this.hasFailed() || this.confirmations().some(({ word }) => word === 'failure') ? 'found' : 'at-least';
  }

  /** Lmax as it stands: the highest searched level that passed, one step lower for every confirmation that failed. */
  private candidate(): number | undefined {
    const passed = this.searched().filter(({ word }) => isPassed(word));
    if (passed.length === 0) return undefined;
    const highest = Math.max(...passed.map(({ levelPercent }) => levelPercent));
    const refused = this.confirmations().filter(({ word }) => !isPassed(word));
    const level =
      refused.length === 0 ? highest : Math.min(...refused.map((each) => each.levelPercent)) - this.stepSize();
    return level > 0 ? level : undefined;
  }

  private isSearching(): boolean {
    return this.confirmations().length === 0 && this.nextSearched() !== undefined;
  }

  private nextSearched(): NextStep | undefined {
    const searched = this.searched();
    const last = searched.at(-1);
    if (!last) return { levelPercent: this.range.startPercent, purpose: 'search' };
    const isDescending = searched[0]?.word === 'failure';
    if (isPassed(last.word)) return isDescending ? undefined : this.above(last.levelPercent);
    if (!isDescending || last.word !== 'failure') return undefined;
    const levelPercent = last.levelPercent - this.stepSize();
    return levelPercent > 0 ? { levelPercent, purpose: 'search' } : undefined;
  }

  private above(levelPercent: number): NextStep | undefined {
    const higher = levelPercent + this.stepSize();
    return higher <= this.range.ceilingPercent ? { levelPercent: higher, purpose: 'search' } : undefined;
  }

  private isConfirmed(): boolean {
    const last = this.confirmations().at(-1);
    return last !== undefined && isPassed(last.word);
  }

  private hasFailed(): boolean {
    return this.searched().some(({ word }) => word === 'failure');
  }

  private stepSize(): number {
    return this.range.stepPercent;
  }

  private searched(): SearchedStep[] {
    return this.steps.filter(({ purpose }) => purpose === 'search');
  }

  private confirmations(): SearchedStep[] {
    return this.steps.filter(({ purpose }) => purpose === 'confirm');
  }
}

/** «Есть риски» counts as passed, flagged (spec 5.2 item 5). */
export function isPassed(word: VerdictWord): boolean {
  return word === 'success' || word === 'risks';
}
