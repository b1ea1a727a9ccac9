import type { SearchOutcome } from '../search/max-search.js';
import type { Reason, VerdictWord } from './verdict.js';

const TARGET_PERCENT = 100;

/**
 * Verdict of a search (spec 5.3): a maximum at or above the target profile is success although a higher step failed;
 * a lower one is «Провал»; a search that could not be finished proves nothing.
 */
export function judgeSearch(outcome: SearchOutcome): { word: VerdictWord; reasons: Reason[] } {
  const { lmaxPercent, result, isConfirmed, isDisputed, steps } = outcome;
  if (result === 'none') return { word: 'failure', reasons: [{ code: 'lmax-none' }] };
  if (lmaxPercent === undefined) return { word: 'insufficient', reasons: [{ code: 'lmax-unknown' }] };
  const found: Reason = { code: result === 'at-least' ? 'lmax-at-least' : 'lmax', value: lmaxPercent };
  const reasons: Reason[] = [found];
  if (!isConfirmed) return { word: 'insufficient', reasons: [found, { code: 'lmax-unconfirmed', value: lmaxPercent }] };
  if (isDisputed) reasons.push({ code: 'lmax-disputed', value: lmaxPercent });
  if (lmaxPercent < TARGET_PERCENT) {
    reasons.push({ code: 'lmax-below', value: lmaxPercent, limit: TARGET_PERCENT });
    return { word: 'failure', reasons };
  }
  const passed = steps.filter((step) => step.levelPercent <= lmaxPercent);
  return { word: passed.some(({ word }) => word === 'risks') ? 'risks' : 'success', reasons };
}
