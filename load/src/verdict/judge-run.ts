import type { SearchOutcome } from '../search/max-search.js';
import { judgeHold } from './judge-hold.js';
import { judgeSearch } from './judge-search.js';
import type { HoldObservation } from './observation.js';
import type { Demands, HoldVerdict, Reason, RunVerdict, VerdictWord } from './verdict.js';

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
  /** Signatures of the sample that do not verify, and why the first does not. */
  badSignatures?: { count: number; why: string };
}

/** Verdict of a whole run: the worst of its holds; a run without a finished hold proves nothing. */
export function judgeRun(holds: readonly HoldObservation[], demands: Demands, end: RunEnd): RunVerdict {
  const judged = holds.map((hold) => judgeHold(hold, demands));
  const early = earlyReason(judged.length, end);
  let { word, reasons } = early ? { word: 'insufficient' as const, reasons: [early] } : wordOf(judged, end);
  const { badSignatures } = end;
  if (!early && badSignatures && badSignatures.count > 0) {
    word = 'failure';
    reasons = [...reasons, { code: 'signatures', value: badSignatures.count, detail: badSignatures.why }];
  }
  return { word, reasons, holds: judged, exitCode: end.isInterrupted ? EXIT_CODE.interrupted : EXIT_CODE[word] };
}

function wordOf(judged: readonly HoldVerdict[], { search }: RunEnd): { word: VerdictWord; reasons: Reason[] } {
  if (search) return judgeSearch(search);
  const word = WORST_FIRST.find((each) => judged.some((hold) => hold.word === each)) ?? 'insufficient';
  return { word, reasons: judged.flatMap((hold) => hold.reasons) };
}

function earlyReason(holds: number, end: RunEnd): Reason | undefined {
  if (end.isInterrupted) return { code: 'interrupted' };
  if (end.prepareFailure !== undefined) return { code: 'prepare', detail: end.prepareFailure };
  return holds === 0 ? { code: 'no-hold' } : undefined;
}
