import type { HoldObservation, OperationObservation } from './observation.js';
import { judgeRun } from './judge-run.js';
import type { Demands } from './verdict.js';

const demands: Demands = {
  errorLimitPercent: 1,
  accuracyLimitPercent: 98,
  sla: { a: { percentile: 95, limitMs: 1000 } },
};
const row = (over: Partial<OperationObservation> = {}): OperationObservation => ({
  operation: 'a',
  planned: 200,
  launched: 200,
  succeeded: 200,
  failed: 0,
  dropped: 0,
  lost: 0,
  p95Ms: 400,
  slaPercentileMs: 400,
  lagP99Ms: 3,
  minuteMeansMs: [],
  ...over,
});
const hold = (over: Partial<HoldObservation> = {}, operation: Partial<OperationObservation> = {}): HoldObservation => ({
  step: 1,
  levelPercent: 100,
  startedAt: 0,
  finishedAt: 60_000,
  judgedMs: 60_000,
  cpuPercent: 20,
  eventLoopUtilisation: 0.2,
  rssMb: 100,
  meanInFlight: 2,
  inFlightAtStart: 2,
  inFlightAtEnd: 2,
  ended: 200,
  lagP99Ms: 3,
  expectedInFlight: 2,
  operations: [row(operation)],
  ...over,
});
const minutes = (bad: number) => Array.from({ length: 20 }, (_, minute) => (minute < bad ? 1000 : 200));

describe('verdict table', () => {
  it.each([
    ['everything within limits', hold(), 'success', 0, []],
    ['98 % accuracy exactly', hold({}, { succeeded: 196, launched: 196 + 4, lost: 4 }), 'success', 0, []],
    ['accuracy below 98 %', hold({}, { succeeded: 195, lost: 5 }), 'failure', 99, ['accuracy']],
    ['1 % of errors exactly', hold({}, { succeeded: 198, failed: 2 }), 'success', 0, []],
    ['more than 1 % of errors', hold({}, { succeeded: 197, failed: 3 }), 'failure', 99, ['errors']],
    ['SLA percentile above the limit', hold({}, { slaPercentileMs: 1001 }), 'failure', 99, ['sla']],
    [
      'nothing succeeded',
      hold({}, { succeeded: 0, failed: 200, slaPercentileMs: undefined }),
      'failure',
      99,
      ['errors', 'no-data'],
    ],
    ['lag of 10 % of SLA', hold({ lagP99Ms: 100 }), 'insufficient', 4, ['lag']],
    ['generator CPU at 80 %', hold({ cpuPercent: 80 }), 'insufficient', 4, ['cpu']],
    ['lag hides a broken SLA', hold({ lagP99Ms: 300 }, { slaPercentileMs: 5000 }), 'insufficient', 4, ['lag']],
    ['generator launched too little', hold({}, { launched: 190, succeeded: 190 }), 'insufficient', 4, ['launched']],
    [
      'dropped arrivals of a well generator',
      hold({}, { launched: 190, succeeded: 190, dropped: 10 }),
      'failure',
      99,
      ['saturated', 'accuracy'],
    ],
    [
      'dropped arrivals of a sick generator',
      hold({ cpuPercent: 99 }, { launched: 190, succeeded: 190, dropped: 10 }),
      'insufficient',
      4,
      ['cpu', 'dropped'],
    ],
    ['Little mismatch without growth', hold({ meanInFlight: 3 }), 'insufficient', 4, ['little']],
    [
      'Little mismatch with in-flight growing',
      hold({ meanInFlight: 9, inFlightAtEnd: 20 }),
      'failure',
      99,
      ['saturated'],
    ],
    [
      'Little mismatch on few operations',
      hold({ meanInFlight: 3 }, { planned: 50, launched: 50, succeeded: 50 }),
      'success',
      0,
      [],
    ],
    ['two bad minutes of twenty', hold({}, { minuteMeansMs: minutes(2) }), 'risks', 3, ['stall']],
    ['one bad minute of twenty', hold({}, { minuteMeansMs: minutes(1) }), 'success', 0, []],
  ])('%s', (_title, observed, word, exitCode, codes) => {
    const verdict = judgeRun([observed], demands, { isInterrupted: false });
    expect(verdict.word).toBe(word);
    expect(verdict.exitCode).toBe(exitCode);
    expect(verdict.reasons.map((reason) => reason.code)).toEqual(codes);
  });

  it('takes the worst of the holds', () => {
    const bad = hold({ step: 2 }, { slaPercentileMs: 2000 });
    expect(judgeRun([hold(), bad], demands, { isInterrupted: false }).word).toBe('failure');
    expect(judgeRun([hold({ cpuPercent: 90 }), bad], demands, { isInterrupted: false }).word).toBe('failure');
  });

  it.each([
    [{ isInterrupted: true }, 130, 'interrupted'],
    [{ isInterrupted: false, prepareFailure: 'bulk FAILED' }, 4, 'prepare'],
    [{ isInterrupted: false }, 4, 'no-hold'],
  ])('proves nothing without a hold: %j', (end, exitCode, code) => {
    const verdict = judgeRun([], demands, end);
    expect(verdict).toMatchObject({ word: 'insufficient', exitCode, reasons: [{ code }] });
  });
});
