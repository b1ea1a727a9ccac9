import { judgeFitness } from './fitness.js';
import type { HoldObservation, OperationObservation } from './observation.js';
import type { Demands, FitnessCheck, HoldVerdict, Reason, VerdictWord } from './verdict.js';

const STALL_MIN_POINTS = 10;
const STALL_TIMES_QUARTILE = 3;

/** Share of planned operations that came to an end, per cent (spec 3.3). */
export function accuracyPercent(row: OperationObservation): number {
  return row.planned > 0 ? ((row.succeeded + row.failed) / row.planned) * 100 : 100;
}

/** Share of failures among the operations that ended, per cent. */
export function errorPercent(row: OperationObservation): number {
  const ended = row.succeeded + row.failed;
  return ended > 0 ? (row.failed / ended) * 100 : 0;
}

/** Verdict of one hold (spec 5.2): fitness first, then rate, errors and SLA, then stability. */
export function judgeHold(hold: HoldObservation, demands: Demands): HoldVerdict {
  const fitness = judgeFitness(hold, demands);
  const done = (word: VerdictWord, reasons: Reason[]): HoldVerdict => ({
    step: hold.step,
    levelPercent: hold.levelPercent,
    word,
    reasons,
    fitness: fitness.checks,
  });
  if (fitness.isUnfit) return done('insufficient', fitness.checks.filter(isBroken).map(reasonOf));
  const broken = hold.operations.flatMap((row) => violations(row, demands));
  if (fitness.isSaturated)
    broken.unshift({ code: 'saturated', value: hold.inFlightAtEnd, limit: hold.inFlightAtStart });
  if (broken.length > 0) return done('failure', broken);
  const stalls = hold.operations.flatMap(stallOf);
  return stalls.length > 0 ? done('risks', stalls) : done('success', []);
}

function isBroken(check: FitnessCheck): boolean {
  return check.applied && !check.passed;
}

function reasonOf(check: FitnessCheck): Reason {
  return { code: check.code, value: check.value, limit: check.limit };
}

/** What one operation did not keep, in order of weight: rate, errors, SLA. */
function violations(row: OperationObservation, demands: Demands): Reason[] {
  if (row.planned === 0) return [];
  const { operation } = row;
  const found: Reason[] = [];
  const accuracy = accuracyPercent(row);
  if (accuracy < demands.accuracyLimitPercent) {
    found.push({ code: 'accuracy', operation, value: accuracy, limit: demands.accuracyLimitPercent });
  }
  const errors = errorPercent(row);
  if (errors > demands.errorLimitPercent) {
    found.push({ code: 'errors', operation, value: errors, limit: demands.errorLimitPercent });
  }
  const sla = demands.sla[operation];
  if (row.slaPercentileMs === undefined) found.push({ code: 'no-data', operation });
  else if (sla && row.slaPercentileMs > sla.limitMs) {
    const detail = String(sla.percentile);
    found.push({ code: 'sla', operation, value: row.slaPercentileMs, limit: sla.limitMs, detail });
  }
  return found;
}

/** A minute is bad when its latency exceeds three lower quartiles of the hold; two bad minutes or a fifth make a stall. */
function stallOf(row: OperationObservation): Reason[] {
  const points = row.minuteMeansMs;
  if (points.length < STALL_MIN_POINTS) return [];
  const sorted = [...points].sort((a, b) => a - b);
  const quartile = sorted[Math.floor(sorted.length / 4)] as number;
  const bad = points.filter((point) => point > STALL_TIMES_QUARTILE * quartile).length;
  if (bad < 2 && bad < points.length * 0.2) return [];
  return [{ code: 'stall', operation: row.operation, value: bad, limit: points.length }];
}
