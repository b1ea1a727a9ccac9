import type { SearchOutcome } from '../search/max-search.js';
import type { Stop } from '../stop-rules/stop-watch.js';
import type { ExternalReading } from '../external/external-metrics.js';
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

/** Exit codes of stop rules: those of Yandex Tank where it has them (spec 5.3). */
const STOP_CODE: Record<Stop['kind'], number> = {
  time: 21,
  quantile: 21,
  http: 22,
  net: 23,
  total_time: 25,
  total_http: 26,
  lag: EXIT_CODE.insufficient,
  gencpu: EXIT_CODE.insufficient,
  rate: EXIT_CODE.failure,
  ext: EXIT_CODE.failure,
  limit: EXIT_CODE.insufficient,
};

const WORST_FIRST: readonly VerdictWord[] = ['failure', 'insufficient', 'risks', 'success'];

/** How a run ended besides its holds. */
export interface RunEnd {
  isInterrupted: boolean;
  /** Why it was interrupted, unless somebody asked for it. */
  why?: string;
  /** Why the preparation failed, when it did. */
  prepareFailure?: string;
  /** Outcome of a search for the maximum, when the run was one. */
  search?: SearchOutcome;
  /** Signatures of the sample that do not verify, and why the first does not. */
  /** Readings of external metrics; those without a value are not judged. */
  external?: readonly ExternalReading[];
  /** Stop rules that fired. */
  stops?: readonly Stop[];
  badSignatures?: { count: number; why: string };
}

/** Verdict of a whole run: the worst of its holds; a run without a finished hold proves nothing. */
export function judgeRun(holds: readonly HoldObservation[], demands: Demands, end: RunEnd): RunVerdict {
  const judged = holds.map((hold) => judgeHold(hold, demands));
  const stop = end.search ? undefined : decisiveStop(end);
  const early = stop && !end.isInterrupted ? undefined : earlyReason(judged.length, end);
  let { word, reasons } = early ? { word: 'insufficient' as const, reasons: [early] } : wordOf(judged, end);
  const aside = early ? [] : besideHolds(end);
  if (aside.length > 0) {
    word = 'failure';
    reasons = [...reasons, ...aside];
  }
  return { word, reasons, holds: judged, exitCode: exitCodeOf(word, end) };
}

/** What is wrong besides the holds: signatures that do not verify, external metrics past their thresholds. */
function besideHolds({ badSignatures, external = [] }: RunEnd): Reason[] {
  const broken = external.filter(({ passed }) => passed === false);
  const reasons = broken.map(({ name, value, limit }): Reason => ({ code: 'external', value, limit, detail: name }));
  if (badSignatures && badSignatures.count > 0) {
    reasons.push({ code: 'signatures', value: badSignatures.count, detail: badSignatures.why });
  }
  return reasons;
}

function exitCodeOf(word: VerdictWord, end: RunEnd): number {
  if (end.isInterrupted) return EXIT_CODE.interrupted;
  const stop = end.search ? undefined : decisiveStop(end);
  return stop && word !== 'success' ? STOP_CODE[stop.kind] : EXIT_CODE[word];
}

/** The first rule that ended something; a mere mark decides nothing. */
function decisiveStop({ stops = [] }: RunEnd): Stop | undefined {
  return stops.find(({ action }) => action !== 'mark');
}

function wordOf(judged: readonly HoldVerdict[], end: RunEnd): { word: VerdictWord; reasons: Reason[] } {
  if (end.search) return judgeSearch(end.search);
  const stop = decisiveStop(end);
  if (stop)
    return { word: wordOfStop(stop), reasons: [stoppedReason(stop), ...judged.flatMap((hold) => hold.reasons)] };
  const word = WORST_FIRST.find((each) => judged.some((hold) => hold.word === each)) ?? 'insufficient';
  return { word, reasons: judged.flatMap((hold) => hold.reasons) };
}

/** The generator's own rules and the ceiling of the run say nothing about the system. */
function wordOfStop({ kind }: Stop): VerdictWord {
  return STOP_CODE[kind] === EXIT_CODE.insufficient ? 'insufficient' : 'failure';
}

function stoppedReason({ kind, rule, value }: Stop): Reason {
  return { code: 'stopped', value, detail: `${rule} (${kind})` };
}

function earlyReason(holds: number, end: RunEnd): Reason | undefined {
  if (end.isInterrupted) return { code: 'interrupted', ...(end.why === undefined ? {} : { detail: end.why }) };
  if (end.prepareFailure !== undefined) return { code: 'prepare', detail: end.prepareFailure };
  return holds === 0 ? { code: 'no-hold' } : undefined;
}
