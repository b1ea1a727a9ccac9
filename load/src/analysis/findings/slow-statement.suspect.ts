import type { StatementGrowth, StatementOnHold, TableGrowth } from '../analysis.js';
import type { Evidence } from '../finding.js';
import type { Facts, Suspect } from './facts.js';
import { clamp, costliness, DOMINANT_SHARE, occupationOf, poolPressure, waitsOn } from './facts.js';
import { phrase, shortened } from './phrase.js';

const LEAST_CONCURRENCY = 0.1;
const MANY_ROWS_PER_SCAN = 1000;

/** Statements that occupy the database by their own work, not by waiting for locks. */
export function slowStatement(facts: Facts): Suspect[] {
  const { focus, analysis } = facts;
  const found = analysis.statements
    .filter(({ timeShare }) => timeShare >= DOMINANT_SHARE)
    .map((statement) => ({ statement, here: statement.holds.find(({ step }) => step === focus.step) }))
    .flatMap(({ statement, here }) => (here ? [suspect(facts, statement, here)] : []));
  return found.filter(({ direct }) => direct >= LEAST_CONCURRENCY);
}

function suspect(facts: Facts, statement: StatementGrowth, here: StatementOnHold): Suspect {
  const { focus, hold } = facts;
  const sessions = facts.statementSessions.get(statement.queryId);
  const concurrency = here.totalMs / hold.judgedMs;
  const lockShare = sessions ? (sessions['Lock'] ?? 0) / Math.max(sum(sessions), 1e-9) : 0;
  const direct = concurrency * (1 - lockShare);
  const occupation = occupationOf(waitsOn(facts, focus.step));
  const workShare = occupation.work / Math.max(occupation.total, 1e-9);
  const pressure = poolPressure(facts).isExhausted ? 1 : clamp(occupation.total / Math.max(focus.inFlight, 1));
  const cost = costliness(statement, focus.step) * (1 - lockShare);
  return {
    kind: 'slow-statement',
    layer: 'database',
    subject: shortened(statement.query),
    direct: direct * Math.max(cost, 0.2),
    pull: cost * workShare * pressure * statement.timeShare,
    values: { query: statement.query, table: tableOf(statement.query) },
    evidence: [
      timeEvidence(facts, statement, here),
      blocksEvidence(statement, here),
      ...scanEvidence(facts, statement),
    ],
    counterEvidence: lockShare > 0.3 ? [lockEvidence(lockShare)] : [],
  };
}

function timeEvidence({ focus }: Facts, statement: StatementGrowth, here: StatementOnHold): Evidence {
  const before = statement.holds.find(({ step }) => step === focus.baselineStep);
  return {
    metric: 'pg_stat_statements mean',
    unit: 'ms',
    ...(before ? { baselineStep: before.step, before: before.meanMs } : {}),
    step: here.step,
    after: here.meanMs,
    n: here.calls,
    text: phrase(
      before
        ? {
            ru: 'среднее время запроса {before} → {after} мс, вызовов {calls}, {share} % времени базы на этой ступени',
            en: 'mean time of the statement {before} → {after} ms, {calls} calls, {share} % of the database time of this step',
          }
        : {
            ru: 'среднее время запроса {after} мс, вызовов {calls}, {share} % времени базы на этой ступени',
            en: 'mean time of the statement {after} ms, {calls} calls, {share} % of the database time of this step',
          },
      {
        before: before?.meanMs ?? 0,
        after: here.meanMs,
        calls: here.calls,
        share: Math.round(statement.timeShare * 100),
      },
    ),
  };
}

function blocksEvidence(_statement: StatementGrowth, here: StatementOnHold): Evidence {
  return {
    metric: 'shared_blks per call',
    unit: 'blocks',
    step: here.step,
    after: here.blocksPerCall,
    text: phrase(
      {
        ru: 'за вызов читается {blocks} блоков (по 8 КиБ) ради {rows} строк, с диска {read}',
        en: '{blocks} blocks (of 8 KiB) are looked at per call for {rows} rows, {read} of them from disk',
      },
      { blocks: here.blocksPerCall, rows: here.rowsPerCall, read: here.readBlocksPerCall },
    ),
  };
}

/** The statistics of the table say whether it was read from end to end. */
function scanEvidence({ analysis }: Facts, { query }: StatementGrowth): Evidence[] {
  const table = analysis.tables.find((each) => query.includes(each.table.split('.').at(-1) as string));
  if (!table || table.seqScans === 0 || rowsPerScan(table) < MANY_ROWS_PER_SCAN) return [];
  return [
    {
      metric: 'pg_stat_user_tables seq_scan',
      unit: 'scans',
      after: table.seqScans,
      text: phrase(
        {
          ru: 'таблица {table} за нагрузку прочитана целиком {scans} раз, {rows} строк за раз; по индексам {index} раз',
          en: 'table {table} was read from end to end {scans} times during the load, {rows} rows each; through indexes {index} times',
        },
        { table: table.table, scans: table.seqScans, rows: rowsPerScan(table), index: table.indexScans },
      ),
    },
  ];
}

function rowsPerScan({ seqRows, seqScans }: TableGrowth): number {
  return Math.round(seqRows / Math.max(seqScans, 1));
}

function lockEvidence(lockShare: number): Evidence {
  return {
    text: phrase(
      {
        ru: '{share} % сессий этого запроса ждут блокировку: время запроса — следствие',
        en: '{share} % of the sessions of this statement wait for a lock: its time is a consequence',
      },
      { share: Math.round(lockShare * 100) },
    ),
  };
}

/** Table a statement is about, as far as its text tells. */
export function tableOf(query: string): string {
  return /\b(?:from|update|into|join)\s+(?:only\s+)?("?[\w.]+"?(?:\."?\w+"?)?)/i.exec(query)?.[1] ?? '–';
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, value) => total + value, 0);
}
