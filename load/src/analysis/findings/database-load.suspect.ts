import type { Facts, Suspect } from './facts.js';
import { clamp, DOMINANT_SHARE, occupationOf, poolPressure, waitsOn } from './facts.js';
import { phrase } from './phrase.js';

const LEAST_SESSIONS = 1;
const SHOWN_EVENTS = 3;

/** Sessions at work in the database that no single statement stands out among, or whose statements are not known. */
export function databaseLoad(facts: Facts): Suspect[] {
  const { focus, analysis } = facts;
  const waits = waitsOn(facts, focus.step);
  const occupation = occupationOf(waits);
  if (!waits || occupation.work < LEAST_SESSIONS) return [];
  if (analysis.statements.some(({ timeShare }) => timeShare >= DOMINANT_SHARE)) return [];
  const before = occupationOf(waitsOn(facts, focus.baselineStep));
  const share = occupation.work / Math.max(occupation.total, 1e-9);
  const pressure = poolPressure(facts).isExhausted ? 1 : clamp(occupation.total / Math.max(focus.inFlight, 1));
  const events = waits.topEvents.slice(0, SHOWN_EVENTS).map(({ waitClass, event }) => `${waitClass}:${event}`);
  return [
    {
      kind: 'database-load',
      layer: 'database',
      subject: 'PostgreSQL',
      direct: occupation.work,
      pull: share * pressure * 0.8,
      evidence: [
        {
          metric: 'pg_stat_activity active',
          unit: 'sessions',
          ...(focus.baselineStep === undefined ? {} : { baselineStep: focus.baselineStep, before: before.work }),
          step: focus.step,
          after: occupation.work,
          n: waits.samples,
          text: phrase(
            {
              ru: 'в среднем {after} сессий заняты работой в базе, на базовой ступени {before}; ожидания: {events}',
              en: '{after} sessions work in the database on average, {before} on the baseline step; waits: {events}',
            },
            { after: occupation.work, before: before.work, events: events.length > 0 ? events.join(', ') : 'CPU' },
          ),
        },
      ],
      counterEvidence: [],
    },
  ];
}
