import type { LocksSample } from '../observe/postgres/locks.observer.js';
import type { SessionsSample } from '../observe/postgres/sessions.observer.js';
import type { HoldObservation } from '../verdict/observation.js';
import type { Blocker, HoldWaits, WaitClass } from './analysis.js';

const TOP_EVENTS = 8;
const TOP_BLOCKERS = 20;

/** Step 6.6: average active sessions of every hold by class of wait. */
export function holdWaits(sessions: readonly SessionsSample[], holds: readonly HoldObservation[]): HoldWaits[] {
  const byStep = Map.groupBy(sessions, ({ step }) => step ?? 0);
  return holds.flatMap(({ step, levelPercent }) => {
    const samples = byStep.get(step);
    return samples ? [waitsOf(samples, step, levelPercent)] : [];
  });
}

function waitsOf(samples: readonly SessionsSample[], step: number, levelPercent: number): HoldWaits {
  const mean = (pick: (sample: SessionsSample) => number) =>
    samples.reduce((sum, sample) => sum + pick(sample), 0) / samples.length;
  const byClass = meanCounts(samples.map(({ active }) => active as Record<string, number>));
  const events = meanCounts(samples.map(({ events: counts }) => counts));
  return {
    step,
    levelPercent,
    samples: samples.length,
    byClass,
    topEvents: Object.entries(events)
      .sort(([, a], [, b]) => b - a)
      .slice(0, TOP_EVENTS)
      .map(([key, mine]) => {
        const [waitClass, event] = key.split(':') as [WaitClass, string];
        return { waitClass, event, sessions: mine };
      }),
    active: Object.values(byClass).reduce((sum, value) => sum + value, 0),
    idleInTransaction: mean((sample) => sample.idleInTransaction),
    idle: mean((sample) => sample.idle),
    sessions: mean((sample) => sample.total),
    maxSessions: Math.max(...samples.map((sample) => sample.total)),
    busyShare: mean((sample) => (sample.total > 0 && sample.idle === 0 ? 1 : 0)),
  };
}

function meanCounts(counts: readonly Record<string, number>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const each of counts) for (const [key, value] of Object.entries(each)) sums[key] = (sums[key] ?? 0) + value;
  return Object.fromEntries(Object.entries(sums).map(([key, value]) => [key, value / counts.length]));
}

/** Mean number of sessions that were running a statement, by class of wait, over the samples of one hold. */
export function statementSessions(
  sessions: readonly SessionsSample[],
  step: number,
): Map<string, Record<string, number>> {
  const samples = sessions.filter((sample) => sample.step === step);
  const found = new Map<string, Record<string, number>>();
  for (const [key, mean] of Object.entries(meanCounts(samples.map(({ queries }) => queries)))) {
    const [queryId, waitClass] = key.split(' ') as [string, string];
    found.set(queryId, { ...found.get(queryId), [waitClass]: mean });
  }
  return found;
}

/** Who stood in the way of whom, the one with most behind it first. */
export function blockersOf(locks: readonly LocksSample[], sessions: readonly SessionsSample[]): Blocker[] {
  const seconds = new Map([...Map.groupBy(sessions, ({ step }) => step ?? 0)].map(([step, all]) => [step, all.length]));
  const rows = new Map<string, Blocker>();
  for (const { step = 0, trees } of locks) {
    for (const tree of trees) {
      const key = `${step}|${tree.query}|${tree.waitingQuery}`;
      const row = rows.get(key) ?? { step, ...tree, waiting: 0 };
      row.waiting += tree.waiting / Math.max(1, seconds.get(step) ?? 1);
      row.maxWaitMs = Math.max(row.maxWaitMs, tree.maxWaitMs);
      row.depth = Math.max(row.depth, tree.depth);
      rows.set(key, row);
    }
  }
  return [...rows.values()].sort((a, b) => b.waiting - a.waiting).slice(0, TOP_BLOCKERS);
}
