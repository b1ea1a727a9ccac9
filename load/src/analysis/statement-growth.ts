import type { StatementsOfHold } from '../observe/postgres/statements.observer.js';
import type { Focus, StatementGrowth, StatementOnHold } from './analysis.js';

const KEPT = 30;
type Row = StatementsOfHold['rows'][number];

/** Step 6.5: statements by hold, those that took or gained most of the database's time first. */
export function statementGrowth(lines: readonly StatementsOfHold[], focus: Focus | undefined): StatementGrowth[] {
  const last = lines.find(({ step }) => step === focus?.step) ?? lines.at(-1);
  if (!last) return [];
  const wholeMs = last.rows.reduce((sum, { totalMs }) => sum + totalMs, 0);
  const base = lines.find(({ step }) => step === focus?.baselineStep);
  const rows = last.rows.map((row): StatementGrowth => {
    const holds = lines.flatMap((line) => {
      const mine = line.rows.find(({ queryId }) => queryId === row.queryId);
      return mine ? [onHold(line, mine)] : [];
    });
    const before = base && holds.find(({ step }) => step === base.step);
    const growth = before && before.meanMs > 0 ? row.totalMs / row.calls / before.meanMs : undefined;
    return {
      queryId: row.queryId,
      query: row.query,
      database: row.database,
      holds,
      ...(growth === undefined ? {} : { meanGrowth: growth }),
      timeShare: wholeMs > 0 ? row.totalMs / wholeMs : 0,
    };
  });
  return rows.sort((a, b) => weight(b) - weight(a)).slice(0, KEPT);
}

/** Δtotal counts first; growth of the mean between steps lifts a statement among its like. */
function weight({ timeShare, meanGrowth = 1 }: StatementGrowth): number {
  return timeShare * Math.min(4, Math.max(1, meanGrowth));
}

function onHold({ step }: StatementsOfHold, row: Row): StatementOnHold {
  const per = (value: number) => value / row.calls;
  return {
    step,
    calls: row.calls,
    totalMs: row.totalMs,
    meanMs: per(row.totalMs),
    rowsPerCall: per(row.rows),
    blocksPerCall: per(row.blocks),
    readBlocksPerCall: per(row.readBlocks),
    tempBlocksPerCall: per(row.tempBlocks),
    walBytesPerCall: per(row.walBytes),
    isPartial: row.isPartial,
  };
}
