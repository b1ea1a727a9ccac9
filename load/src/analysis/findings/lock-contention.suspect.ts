import type { Blocker } from '../analysis.js';
import type { Evidence } from '../finding.js';
import type { Facts, Suspect } from './facts.js';
import { clamp, occupationOf, poolPressure, waitsOn } from './facts.js';
import { phrase, shortened } from './phrase.js';

const LEAST_SESSIONS = 0.2;

/** Sessions that wait for locks of others. */
export function lockContention(facts: Facts): Suspect[] {
  const { focus, analysis } = facts;
  const occupation = occupationOf(waitsOn(facts, focus.step));
  if (occupation.lock < LEAST_SESSIONS) return [];
  const share = occupation.lock / Math.max(occupation.total, 1e-9);
  const pressure = poolPressure(facts).isExhausted ? 1 : clamp(occupation.total / Math.max(focus.inFlight, 1));
  const blocker = analysis.blockers.find(({ step }) => step === focus.step) ?? analysis.blockers[0];
  return [
    {
      kind: 'lock-contention',
      layer: 'database',
      ...namesOf(blocker),
      direct: occupation.lock,
      pull: share * pressure,
      evidence: [sessionsEvidence(facts, occupation.lock, share), ...(blocker ? [treeEvidence(blocker)] : [])],
      counterEvidence: [],
    },
  ];
}

function namesOf(blocker: Blocker | undefined): Pick<Suspect, 'subject' | 'values'> {
  if (!blocker) return { subject: 'PostgreSQL', values: { relation: '–', blocker: '–' } };
  const values = { relation: blocker.relation ?? '–', blocker: shortened(blocker.query) };
  return { subject: shortened(blocker.waitingQuery), values };
}

function sessionsEvidence(facts: Facts, after: number, share: number): Evidence {
  const { focus } = facts;
  const before = occupationOf(waitsOn(facts, focus.baselineStep)).lock;
  return {
    metric: 'pg_stat_activity Lock',
    unit: 'sessions',
    ...(focus.baselineStep === undefined ? {} : { baselineStep: focus.baselineStep, before }),
    step: focus.step,
    after,
    n: waitsOn(facts, focus.step)?.samples ?? 0,
    text: phrase(
      {
        ru: 'в среднем {after} сессий ждут блокировку ({share} % занятых сессий), на базовой ступени {before}',
        en: '{after} sessions wait for a lock on average ({share} % of the occupied ones), {before} on the baseline step',
      },
      { after, share: Math.round(share * 100), before },
    ),
  };
}

function treeEvidence(blocker: Blocker): Evidence {
  return {
    metric: 'pg_blocking_pids',
    unit: 'ms',
    step: blocker.step,
    after: blocker.maxWaitMs,
    text: phrase(
      {
        ru: 'блокирует сессия «{query}» ({state}), {relation}; за ней до {depth} уровней, наибольшее ожидание {wait} мс',
        en: 'blocked by the session “{query}” ({state}), {relation}; up to {depth} levels behind it, longest wait {wait} ms',
      },
      {
        query: shortened(blocker.query),
        state: blocker.state,
        relation: blocker.relation ?? blocker.lockType,
        depth: blocker.depth,
        wait: blocker.maxWaitMs,
      },
    ),
  };
}
