import { reportModel } from '../../../test/report-model.fixture.js';
import { renderReport } from '../../report/render-report.js';
import type { ExternalShare, HoldWaits, MetricByHold, StatementGrowth } from '../analysis.js';
import type { Facts } from './facts.js';
import { rankFindings } from './rank-findings.js';
import { Recommendations } from './recommendations.js';

const IN_FLIGHT = 40;
const model = reportModel();
const hold = { ...model.holds[0]!, step: 2, levelPercent: 300, meanInFlight: IN_FLIGHT };
const words = new Recommendations();

const facts = (analysis: Partial<Facts['analysis']> = {}, over: Partial<Facts> = {}): Facts => ({
  focus: {
    step: 2,
    levelPercent: 300,
    baselineStep: 1,
    baselinePercent: 100,
    operations: ['send-document'],
    inFlight: IN_FLIGHT,
  },
  hold,
  isViolated: true,
  statementSessions: new Map(),
  analysis: {
    version: 1,
    validity: [],
    points: {},
    saturation: {
      elasticity: [],
      kneeByThroughput: { applicable: false, why: { ru: '', en: '' } },
      kneeByLatency: { applicable: false, why: { ru: '', en: '' } },
      usl: { applicable: false, why: { ru: '', en: '' } },
    },
    external: [],
    statements: [],
    waits: [],
    blockers: [],
    tables: [],
    metrics: [],
    correlations: [],
    drift: [],
    annotations: [],
    observers: [],
    ...analysis,
  },
  ...over,
});

const waits = (over: Partial<HoldWaits>): HoldWaits => ({
  step: 2,
  levelPercent: 300,
  samples: 30,
  byClass: {},
  topEvents: [],
  active: 0,
  idleInTransaction: 0,
  idle: 5,
  sessions: 10,
  maxSessions: 10,
  busyShare: 0,
  ...over,
});
const statement = (meanMs: number, blocksPerCall: number, over: Partial<StatementGrowth> = {}): StatementGrowth => ({
  queryId: '7',
  query: 'select * from documents where external_id = $1',
  database: 'd',
  timeShare: 0.9,
  meanGrowth: 1,
  holds: [
    {
      step: 2,
      calls: 5000,
      totalMs: meanMs * 5000,
      meanMs,
      rowsPerCall: 1,
      blocksPerCall,
      readBlocksPerCall: 0,
      tempBlocksPerCall: 0,
      walBytesPerCall: 0,
      isPartial: false,
    },
  ],
  ...over,
});
const metric = (name: string, role: MetricByHold['role'], values: [number, number], limit?: number): MetricByHold => ({
  name,
  source: 'hrlink',
  layer: 'application',
  role,
  unit: '',
  ...(limit === undefined ? {} : { limit }),
  holds: values.map((mean, index) => ({ step: index + 1, levelPercent: 100, mean, max: mean, n: 9 })),
});
const external = (step: number, over: Partial<ExternalShare>): ExternalShare => ({
  step,
  levelPercent: step * 100,
  system: 'ca',
  operation: '*',
  callsPerSecond: 5,
  meanMs: 200,
  injectedMs: 0,
  concurrency: 1,
  share: 0.1,
  refusedShare: 0,
  source: 'metrics',
  ...over,
});
const top = (given: Facts) => rankFindings(given, words)[0]!;
const busyPool = metric('connection pool busy', 'pool', [20, 100], 95);

describe('the top finding', () => {
  it('is the statement when sessions work on it and it reads many blocks for a row', () => {
    const given = facts({
      waits: [waits({ byClass: { CPU: 9 }, active: 9, idle: 0, busyShare: 1 })],
      statements: [statement(100, 8000)],
      metrics: [busyPool],
    });
    expect(top(given)).toMatchObject({ kind: 'slow-statement', layer: 'database', confidence: 'high' });
    expect(top(given).recommendations[0]!.ru).toContain('таблицы documents');
  });

  it('is the pool when its connections are held by idle transactions', () => {
    const given = facts({
      waits: [waits({ idleInTransaction: 2, idle: 0, busyShare: 1, maxSessions: 2 })],
      statements: [statement(0.2, 4)],
      metrics: [busyPool, metric('waiting for a connection', 'queue', [0, 25])],
    });
    expect(top(given)).toMatchObject({ kind: 'connection-pool', subject: 'hrlink' });
    expect(top(given).evidence.map(({ after }) => after)).toEqual([100, 25, 2]);
  });

  it('is a pool that is too small when its statements are fast', () => {
    const given = facts({
      waits: [waits({ byClass: { CPU: 2 }, active: 2, idle: 0, busyShare: 1, maxSessions: 2 })],
      statements: [statement(3, 4)],
      metrics: [busyPool],
    });
    expect(top(given).kind).toBe('connection-pool');
  });

  it('is the lock and not the pool it has exhausted, nor the statement that waits for it', () => {
    const blocker = {
      step: 2,
      query: 'update counters',
      state: 'idle in transaction',
      waitingQuery: 'update counters set value = 1',
      lockType: 'transactionid',
      relation: 'counters',
      waiting: 8,
      maxWaitMs: 2000,
      depth: 9,
    };
    const given = facts(
      {
        waits: [waits({ byClass: { Lock: 9 }, active: 9, idleInTransaction: 1, idle: 0, busyShare: 1 })],
        statements: [statement(900, 5, { meanGrowth: 20 })],
        blockers: [blocker],
        metrics: [busyPool],
      },
      { statementSessions: new Map([['7', { Lock: 9 }]]) },
    );
    expect(top(given)).toMatchObject({ kind: 'lock-contention', subject: 'update counters set value = 1' });
    const pool = rankFindings(given, words).find(({ kind }) => kind === 'connection-pool')!;
    expect(pool.counterEvidence[0]!.text.en).toContain('as a consequence');
  });

  it('is the database as a whole when many statements share its work, or are not known', () => {
    const topEvents = [{ waitClass: 'IO' as const, event: 'DataFileRead', sessions: 6 }];
    const busy = waits({ byClass: { IO: 6, CPU: 3 }, active: 9, idle: 0, busyShare: 1, topEvents });
    for (const statements of [[], [statement(10, 50, { timeShare: 0.1 })]]) {
      expect(top(facts({ waits: [busy], statements, metrics: [busyPool] }))).toMatchObject({
        kind: 'database-load',
        subject: 'PostgreSQL',
      });
    }
  });

  it('is the neighbour whose calls pile up, with what was injected said beside it', () => {
    const given = facts({
      external: [
        external(1, { concurrency: 0.5 }),
        external(2, { concurrency: 28, meanMs: 5600, injectedMs: 5000, share: 0.7 }),
      ],
    });
    expect(top(given)).toMatchObject({ kind: 'neighbour-slow', subject: 'ca' });
    expect(top(given).counterEvidence[0]!.text.ru).toContain('намеренно внесено эмулятором 5');
  });

  it('is the neighbour that refuses more than before', () => {
    const refusing = [
      external(1, { system: 'sms' }),
      external(2, { system: 'sms', refusedShare: 0.4, concurrency: 0.1 }),
    ];
    expect(top(facts({ external: refusing }))).toMatchObject({ kind: 'neighbour-refuses', subject: 'sms' });
    const asEver = [external(1, { refusedShare: 0.4 }), external(2, { refusedShare: 0.41, concurrency: 0.1 })];
    expect(top(facts({ external: asEver })).kind).toBe('unexplained');
  });

  it('is the processor at its limit, with the stage whose queue grew', () => {
    const metrics = [
      metric('hrlink: CPU', 'cpu', [30, 99], 90),
      metric('hrlink: work in progress: conversion', 'queue', [1, 40]),
      metric('hrlink: work in progress: send', 'queue', [1, 12]),
    ];
    expect(top(facts({ metrics }))).toMatchObject({ kind: 'cpu', subject: 'hrlink: conversion', layer: 'application' });
  });

  it('is nothing in particular when nothing watched explains it', () => {
    expect(rankFindings(facts(), words).map(({ kind, score }) => [kind, score])).toEqual([['unexplained', 1]]);
    expect(top(facts()).seenShare).toBeUndefined();
  });

  it('names what is seen of it apart from its part of what nothing explains', () => {
    const found = top(facts({ external: [external(2, { concurrency: 3.6, share: 0.09 })] }));
    expect(found).toMatchObject({ kind: 'neighbour-slow', seenShare: expect.closeTo(0.09, 6) });
    expect(found.score).toBeGreaterThan(0.5);
    const analysis = { ...facts().analysis, validity: [{ step: 2, isUsable: true }], findings: [found] } as never;
    const shown = reportModel({ analysis });
    const percent = Math.round(found.score * 100);
    expect(renderReport(shown, 'ru')).toContain(`вклад ${percent} % времени операций: прямо видно 9 %, остальное`);
    expect(renderReport(shown, 'en')).toContain(`${percent} % of the operations’ time: 9 % is seen at work`);
  });

  it('is called the nearest limit, with low confidence, when no criterion was broken', () => {
    const found = top(facts({ metrics: [metric('CPU', 'cpu', [30, 99], 90)] }, { isViolated: false }));
    expect(found).toMatchObject({ kind: 'cpu', confidence: 'low' });
    expect(found.counterEvidence.at(-1)!.text.en).toContain('nearest limit');
  });
});

describe('recommendations', () => {
  it('are laid over by an engineer for one kind, title or list', () => {
    const own = new Recommendations("cpu: { recommendations: [{ ru: 'Своё: {stage}', en: 'Own: {stage}' }] }");
    expect(own.of('cpu', { stage: 'x' })).toEqual([{ ru: 'Своё: x', en: 'Own: x' }]);
    expect(own.title('cpu', { subject: 's' }).en).toBe('Processor exhausted: s');
  });

  it.each([
    ['cpu: { titel: x }', 'recommendations.yaml: cpu: unknown field titel'],
    ['nothing: {}', /recommendations.yaml: /],
    ['[', /not valid YAML/],
  ])('that cannot be used are one line: %s', (text, message) => {
    expect(() => new Recommendations(text)).toThrow(message);
  });
});
