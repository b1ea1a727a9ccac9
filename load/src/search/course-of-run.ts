import type { Course } from '../engine/course.js';
import { FixedCourse } from '../engine/course.js';
import type { HoldReading } from '../engine/load-engine.js';
import type { Recorder } from '../engine/recorder.js';
import type { PlannedRun } from '../run-folder/run-files.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import { recount } from '../resolve-run.js';
import { judgeHold } from '../verdict/judge-hold.js';
import { demandsOf, observeHolds } from '../verdict/observe-run.js';
import type { SearchedStep } from './max-search.js';
import { SearchCourse } from './search-course.js';

/** What a run's course works on. */
export interface CourseParts {
  run: PlannedRun;
  folder: RunFolder;
  recorder: Recorder;
  /** Verdicts from before an interruption. */
  judged: readonly SearchedStep[];
}

/** The course of a run; a search keeps `plan.json` and `search.json` up to date as it goes. */
export function courseOfRun({ run, folder, recorder, judged }: CourseParts): Course {
  const { search } = run.plan;
  if (!search) return new FixedCourse(run.phases);
  const demands = demandsOf(run);
  return new SearchCourse({
    plan: search,
    phases: run.phases,
    judged,
    judge: (reading: HoldReading) => {
      const [hold] = observeHolds(run, [reading], recorder);
      return hold ? judgeHold(hold, demands).word : 'insufficient';
    },
    onChange: (_phases, outcome) => {
      recount(run);
      writePlan(folder, run);
      folder.write('search.json', outcome);
    },
  });
}

/** Writes plan.json as the run stands. */
export function writePlan(folder: RunFolder, run: PlannedRun): void {
  const { plan, profile, seed, timeScale, reliability, phases, operations } = run;
  folder.write('plan.json', { plan, profile, seed, timeScale, reliability, phases, operations });
}
