import type { Evidence } from '../finding.js';
import type { Facts, Suspect } from './facts.js';
import { costliness, DOMINANT_SHARE, isConnectionQueue, meanOn, occupationOf, poolPressure, waitsOn } from './facts.js';
import { metricName } from '../metric-names.js';
import { phrase } from './phrase.js';

/** Without a statement that stands out it is open whether the work in the database or the size of the pool is too much. */
const UNKNOWN_COST = 0.5;

/** The application's connections are all taken while the database itself has little to do. */
export function connectionPool(facts: Facts): Suspect[] {
  const { focus, analysis } = facts;
  const pressure = poolPressure(facts);
  if (!pressure.isExhausted) return [];
  const waits = waitsOn(facts, focus.step);
  const occupation = occupationOf(waits);
  const top = analysis.statements[0];
  const cost = top && top.timeShare >= DOMINANT_SHARE ? costliness(top, focus.step) : UNKNOWN_COST;
  const share = (value: number) => value / Math.max(occupation.total, 1e-9);
  // Without sessions to look at the pool's own word has to do.
  const pull = waits ? share(occupation.idleInTransaction) + share(occupation.work) * (1 - cost) : 0.8;
  return [
    {
      kind: 'connection-pool',
      layer: 'application',
      subject: pressure.metric?.source ?? 'PostgreSQL',
      direct: occupation.idleInTransaction + occupation.work * (1 - cost),
      pull,
      values: { sessions: waits?.maxSessions ?? 0 },
      evidence: [...busyEvidence(facts), ...queueEvidence(facts), ...sessionsEvidence(facts)],
      counterEvidence: [...lockCounter(occupation.lock, occupation.total)],
    },
  ];
}

function busyEvidence(facts: Facts): Evidence[] {
  const { focus } = facts;
  const { metric, busyShare } = poolPressure(facts);
  if (metric) {
    const before = meanOn(metric, focus.baselineStep);
    const after = meanOn(metric, focus.step) as number;
    const values = { name: metricName(metric.name), after, before: before ?? 0, unit: metric.unit };
    return [
      {
        metric: metric.name,
        unit: metric.unit,
        ...(before === undefined ? {} : { baselineStep: focus.baselineStep, before }),
        step: focus.step,
        after,
        text: phrase(
          {
            ru: '{name}: {after} {unit}, на базовой ступени {before} {unit}',
            en: '{name}: {after} {unit}, {before} {unit} on the baseline step',
          },
          values,
        ),
      },
    ];
  }
  const share = Math.round((busyShare ?? 0) * 100);
  return [
    {
      metric: 'pg_stat_activity idle',
      unit: '%',
      step: focus.step,
      after: share,
      text: phrase(
        {
          ru: 'в {share} % отсчётов у приложения нет ни одного свободного соединения с базой',
          en: 'in {share} % of the samples the application has no idle connection to the database',
        },
        { share },
      ),
    },
  ];
}

function queueEvidence({ analysis, focus }: Facts): Evidence[] {
  const queue = analysis.metrics.find(isConnectionQueue);
  const after = queue && meanOn(queue, focus.step);
  if (!queue || after === undefined) return [];
  const before = meanOn(queue, focus.baselineStep);
  return [
    {
      metric: queue.name,
      ...(before === undefined ? {} : { baselineStep: focus.baselineStep, before }),
      step: focus.step,
      after,
      text: phrase(
        {
          ru: '{name}: в среднем ждут {after}, на базовой ступени {before}',
          en: '{name}: {after} wait on average, {before} on the baseline step',
        },
        { name: metricName(queue.name), after, before: before ?? 0 },
      ),
    },
  ];
}

function sessionsEvidence(facts: Facts): Evidence[] {
  const waits = waitsOn(facts, facts.focus.step);
  if (!waits) return [];
  return [
    {
      metric: 'pg_stat_activity',
      unit: 'sessions',
      step: waits.step,
      after: waits.maxSessions,
      n: waits.samples,
      text: phrase(
        {
          ru: 'сессий не больше {max}: в среднем {active} выполняют запрос, {idleTx} держат транзакцию и ничего не делают',
          en: 'never more than {max} sessions: {active} run a statement on average, {idleTx} hold a transaction and do nothing',
        },
        { max: waits.maxSessions, active: waits.active, idleTx: waits.idleInTransaction },
      ),
    },
  ];
}

function lockCounter(lock: number, total: number): Evidence[] {
  if (lock < total * 0.3) return [];
  return [
    {
      text: {
        ru: 'соединения заняты сессиями, ждущими блокировок: исчерпание пула — следствие',
        en: 'the connections are taken by sessions waiting for locks: the pool is exhausted as a consequence',
      },
    },
  ];
}
