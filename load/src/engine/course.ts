import type { HoldReading } from './load-engine.js';
import type { Phase } from './timeline.js';

/** What a stop rule says of a step. */
export type StopWord = 'failure' | 'insufficient';

/** What to do once a hold has been judged. */
export type CourseDecision = 'go-on' | 'cut';

/**
 * Where the load goes: phases laid out so far and what follows from the holds. A fixed plan knows everything ahead; a
 * search decides after every hold.
 */
export interface Course {
  /** Grows at its end only. */
  readonly phases: readonly Phase[];
  /** The last phase of a step is over; the next step may be laid out before the verdict, so that the load never pauses. */
  sent(step: number): void;
  /** Every operation of the hold has ended. `cut` breaks off whatever is being sent meanwhile. */
  judge(reading: HoldReading): CourseDecision;
  /** A stop rule decided the step: its hold is not judged. `insufficient` when the generator was to blame. */
  broken(step: number, word: StopWord): void;
  /** The phases from this index on will not be sent after all. */
  forget(fromIndex: number): void;
  /** Nothing is left to send. Lays out more, starting `atMs` after the start of the load, or tells that this was all. */
  extend(atMs: number): boolean;
}

/** A plan known ahead. */
export class FixedCourse implements Course {
  constructor(readonly phases: Phase[]) {}

  sent(): void {
    return undefined;
  }

  judge(): CourseDecision {
    return 'go-on';
  }

  broken(): void {
    return undefined;
  }

  forget(fromIndex: number): void {
    this.phases.splice(fromIndex);
  }

  extend(): boolean {
    return false;
  }
}
