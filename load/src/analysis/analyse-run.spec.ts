import { reportModel } from '../../test/report-model.fixture.js';
import type { Sample } from '../engine/sample.js';
import { renderReport } from '../report/render-report.js';
import type { HoldObservation } from '../verdict/observation.js';
import { judgeRun } from '../verdict/judge-run.js';
import { demandsOf } from '../verdict/observe-run.js';
import { layOut } from '../engine/timeline.js';
import { analyseRun } from './analyse-run.js';
import type { AnalysedRun } from './analyse-run.js';
import type { ObservedRun } from './observed-run.js';
import { SampleWindows } from './sample-windows.js';

const START = 1_000_000;
const HOLD_MS = 60_000;
const NOTHING: ObservedRun = {
  statements: [],
  sessions: [],
  locks: [],
  tables: [],
  metrics: [],
  services: [],
  events: [],
  reports: [],
  faults: [],
};

/** Steps of 60 s by level; `p95Ms` over 5,000 breaks the SLA of send-document. */
function runOf(
  steps: { levelPercent: number; p95Ms: number; ended?: number; lagP99Ms?: number }[],
  observed: Partial<ObservedRun> = {},
): AnalysedRun {
  const { planned: known, holds: given } = reportModel();
  const [one] = given;
  const phases = layOut(
    steps.map(({ levelPercent }) => ({ levelPercent, rampMs: 0, holdMs: HOLD_MS, settleMs: 0 })),
    0,
  );
  const planned = { ...known, phases };
  const windows = new SampleWindows(planned, START);
  const holds = steps.map(({ levelPercent, p95Ms, ended = 100, lagP99Ms = 1 }, index): HoldObservation => {
    const startedAt = START + index * HOLD_MS;
    for (let nth = 0; nth < 600; nth += 1) windows.add(sampleAt(index + 1, startedAt + nth * 100, p95Ms));
    const { operations } = one!;
    const row = {
      ...operations[0]!,
      planned: 100,
      launched: 100,
      succeeded: 100,
      failed: 0,
      lost: 0,
      p95Ms,
      slaPercentileMs: p95Ms,
    };
    return {
      ...one!,
      step: index + 1,
      levelPercent,
      startedAt,
      finishedAt: startedAt + HOLD_MS,
      ended,
      lagP99Ms,
      operations: [row],
    };
  });
  const verdict = judgeRun(holds, demandsOf(planned), { isInterrupted: false });
  return {
    planned,
    holds,
    verdict,
    search: undefined,
    stops: [],
    startAt: START,
    windows,
    observed: { ...NOTHING, ...observed },
    traces: undefined,
    recommendations: undefined,
  };
}

const sampleAt = (step: number, planned: number, latencyMs: number): Sample => ({
  operation: 'send-document',
  ordinal: 0,
  step,
  stage: 'hold',
  planned,
  completed: planned + latencyMs,
  outcome: 'ok',
});

describe('analysis of a run', () => {
  it('looks at the first step that failed, compares it with the lowest, and finds the first violation by the clock', () => {
    const { focus, firstViolation, points } = analyseRun(
      runOf([
        { levelPercent: 50, p95Ms: 800 },
        { levelPercent: 100, p95Ms: 2000 },
        { levelPercent: 150, p95Ms: 6000 },
        { levelPercent: 200, p95Ms: 9000 },
      ]),
    );
    expect(focus).toMatchObject({ step: 3, baselineStep: 1, operations: ['send-document'] });
    expect(firstViolation).toMatchObject({
      step: 3,
      criterion: 'sla',
      offsetMs: 120_000,
      limit: 5000,
      levelPercent: 150,
      stage: 'hold',
    });
    expect(firstViolation!.value).toBeGreaterThan(5800);
    expect(points.degradation).toMatchObject({ step: 2, operation: 'send-document' });
  });

  it('concludes nothing from a step of an unfit generator', () => {
    const { focus, validity, findings } = analyseRun(
      runOf([
        { levelPercent: 50, p95Ms: 800 },
        { levelPercent: 100, p95Ms: 9000, lagP99Ms: 4000 },
      ]),
    );
    expect(validity.map(({ isUsable }) => isUsable)).toEqual([true, false]);
    expect(focus).toMatchObject({ step: 1 });
    expect(findings.at(-1)).toMatchObject({ kind: 'generator-unfit', evidence: [{ metric: 'lag', after: 4000 }] });
  });

  it('has the generator as its only finding when no step is usable', () => {
    const { findings } = analyseRun(runOf([{ levelPercent: 100, p95Ms: 900, lagP99Ms: 4000 }]));
    expect(findings).toMatchObject([{ kind: 'generator-unfit', score: 1, layer: 'generator' }]);
  });

  it('says why an estimate is not given instead of extrapolating', () => {
    const { saturation } = analyseRun(runOf([50, 100, 150].map((levelPercent) => ({ levelPercent, p95Ms: 900 }))));
    expect(saturation.usl).toEqual({
      applicable: false,
      why: {
        ru: 'Недостаточно данных: ступеней 3, нужно не меньше 10',
        en: 'Not enough data: 3 steps, at least 10 are needed',
      },
    });
    expect(saturation.kneeByThroughput.applicable).toBe(false);
    expect(saturation.elasticity.length).toBe(2);
  });

  it('gives Kneedle and USL where ten levels reach far enough', () => {
    const levels = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120];
    const run = runOf(
      levels.map((levelPercent) => ({
        levelPercent,
        p95Ms: levelPercent < 100 ? (100 / (100 - levelPercent)) * 100 : 2000 + levelPercent,
        ended: Math.min(100, (100 / levelPercent) * 100),
      })),
    );
    for (const [index, hold] of run.holds.entries()) {
      const inFlight = (index + 1) * 5;
      hold.meanInFlight = inFlight;
      hold.expectedInFlight = inFlight;
    }
    const { saturation } = analyseRun(run);
    expect(saturation.kneeByThroughput).toMatchObject({ applicable: true, levelPercent: 100, n: 12 });
    expect(saturation.kneeByLatency).toMatchObject({ applicable: true, operation: 'send-document', n: 12 });
    expect(saturation.usl.applicable === false && saturation.usl.why.en).toBeTruthy();
  });

  it('correlates metrics with p95 over the holds with their n, and marks what grows faster than the load', () => {
    const define = { source: 'hrlink', layer: 'application' as const, role: 'queue' as const, unit: '' };
    const points = [1, 4, 9, 40].map((value, index) => ({ at: START + index * HOLD_MS + 1000, value }));
    const run = runOf(
      [50, 100, 150, 200].map((levelPercent, index) => ({ levelPercent, p95Ms: 500 + index * 100 })),
      {
        metrics: [{ ...define, name: 'queue', points }],
      },
    );
    expect(analyseRun(run).correlations[0]).toEqual({
      metric: 'queue',
      with: 'p95',
      operation: 'send-document',
      rho: 1,
      n: 4,
      growsFasterThanLoad: true,
    });
  });

  it('finds the drift of a long hold by Theil–Sen, and none in a steady figure', () => {
    const define = { source: 'hrlink', layer: 'application' as const, role: 'memory' as const, unit: 'MiB' };
    const points = (value: (second: number) => number) =>
      Array.from({ length: 60 }, (_, second) => ({ at: START + second * 1000, value: value(second) }));
    const run = runOf([{ levelPercent: 100, p95Ms: 900 }], {
      metrics: [
        { ...define, name: 'leak', points: points((second) => 500 + second * 5 + (second % 3)) },
        { ...define, name: 'steady', points: points((second) => 500 + (second % 3)) },
      ],
    });
    run.planned.timeScale = 1 / 60;
    const { drift, findings } = analyseRun(run);
    const of = (name: string) => drift.find(({ metric }) => metric === name)!;
    expect(of('leak')).toMatchObject({ isDrifting: true, unit: 'MiB', n: 60 });
    expect(of('leak').slopePerHour).toBeCloseTo(300, -1);
    expect(of('steady').isDrifting).toBe(false);
    expect(findings.filter(({ kind }) => kind === 'drift').map(({ subject }) => subject)).toEqual(['leak']);
  });

  it('shares the time of the operations with an outer system by Little’s law', () => {
    const operations = [
      { operation: 'astral.event', calls: 300, totalMs: 90_000, injectedMs: 60_000, outcomes: { reply: 297, fail: 3 } },
    ];
    const line = { step: 1, levelPercent: 100, system: 'ca', seconds: 60, operations };
    const { external } = analyseRun(
      runOf([{ levelPercent: 100, p95Ms: 900 }], { services: [line, { ...line, system: 'hrlink' }] }),
    );
    expect(external.map(({ system, operation }) => [system, operation])).toEqual([
      ['ca', '*'],
      ['ca', 'astral.event'],
    ]);
    expect(external[0]).toMatchObject({
      concurrency: 1.5,
      meanMs: 300,
      injectedMs: 200,
      callsPerSecond: 5,
      refusedShare: expect.closeTo(0.01, 6),
    });
    expect(external[0]!.share).toBeCloseTo(1.5 / 1.2, 6);
  });

  it('takes the critical path of each operation from traces when there are some', () => {
    const parts = { hrlink: 300, 'external:ca-unep-emulator': 500, 'injected:ca-unep-emulator': 100, wait: 100 };
    const step = {
      operation: 'send-document',
      step: 1,
      stage: 'hold',
      count: 120,
      failed: 0,
      meanMs: 1000,
      p95Ms: 1,
      slowestMs: 1,
      slowest: {},
    };
    const run = { ...runOf([{ levelPercent: 100, p95Ms: 900 }]), traces: { steps: [{ ...step, parts }] } as never };
    expect(analyseRun(run).external).toEqual([
      expect.objectContaining({
        of: 'send-document',
        system: 'ca-unep-emulator',
        meanMs: 600,
        injectedMs: 100,
        share: 0.6,
        concurrency: 1.2,
        source: 'traces',
      }),
    ]);
    const services = [{ step: 1, levelPercent: 100, system: 'ca', seconds: 60, operations: [] }];
    const watched = analyseRun({ ...run, observed: { ...run.observed, services } });
    expect(watched.external.map(({ system }) => system)).toEqual(['ca']);
  });

  it('shows all of it in both languages, with everything escaped', () => {
    const run = runOf(
      [
        { levelPercent: 50, p95Ms: 800 },
        { levelPercent: 100, p95Ms: 9000 },
      ],
      {
        reports: [{ name: 'pg_locks', state: 'failed', readings: 0, error: 'connect <refused>' }],
        events: [{ at: START, service: 'sms', kind: 'fault', text: 'admin.faults.put <b>' }],
      },
    );
    const model = reportModel({ holds: run.holds, verdict: run.verdict, analysis: analyseRun(run) });
    const ru = renderReport(model, 'ru');
    expect(ru).toContain('<h2>Узкие места</h2>');
    expect(ru).toContain('1. Время внутри приложения, не объяснённое наблюдением');
    expect(ru).toMatch(
      /Первое нарушение: [\d:]+, 100 % профиля, «Создание и отправка на подписание документа»: перцентиль 9\s?\d{3} мс при SLA 5\s000 мс/,
    );
    expect(ru).toContain('connect &lt;refused&gt;');
    expect(ru).toContain('admin.faults.put &lt;b&gt;');
    expect(renderReport(model, 'en')).toContain('<h2>Bottlenecks</h2>');
  });
});
