import type { SearchOutcome } from '../search/max-search.js';
import { judgeHold } from './judge-hold.js';
import { judgeSearch } from './judge-search.js';
import type { HoldObservation } from './observation.js';
import type { Demands, Reason, RunVerdict, VerdictWord } from './verdict.js';

/** Exit codes of spec 5.3 this module produces itself. */
export const EXIT_CODE = {
  success: 0,
  internal: 1,
  badConfig: 2,
  risks: 3,
  insufficient: 4,
  failure: 99,
  interrupted: 130,
};

const WORST_FIRST: readonly VerdictWord[] = ['failure', 'insufficient', 'risks', 'success'];

/** How a run ended besides its holds. */
export interface RunEnd {
  isInterrupted: boolean;
  /** Why the preparation failed, when it did. */
  prepareFailure?: string;
  /** Outcome of a search for the maximum, when the run was one. */
  search?: SearchOutcome;
}

/** Verdict of a whole run: the worst of its holds; a run without a finished hold proves nothing. */
export function judgeRun(holds: readonly HoldObservation[], demands: Demands, end: RunEnd): RunVerdict {
  const judged = holds.map((hold) => judgeHold(hold, demands));
  const early = earlyReason(judged.length, end);
  if (!early && end.search) {
    const { word, reasons } = judgeSearch(end.search);
    return { word, reasons, holds: judged, exitCode: EXIT_CODE[word] };
  }
  const worst = WORST_FIRST.find((word) => judged.some((hold) => hold.word === word)) ?? 'insufficient';
  const word = early ? 'insufficient' : worst;
  const reasons = early ? [early] : judged.flatMap((hold) => hold.reasons);
  return { word, reasons, holds: judged, exitCode: end.isInterrupted ? EXIT_CODE.interrupted : EXIT_CODE[word] };
}

function earlyReason(holds: number, end: RunEnd): Reason | undefined {
  if (end.isInterrupted) return { code: 'interrupted' };
  if (end.prepareFailure !== undefined) return { code: 'prepare', detail: end.prepareFailure };
  return holds === 0 ? { code: 'no-hold' } : undefined;
}
