import type { TableReading, TablesSample } from '../observe/postgres/tables.observer.js';
import type { TableGrowth } from './analysis.js';

const KEPT = 20;
const HOUR_MS = 3_600_000;

/** Growth of tables over the load and how they were read, the fastest growing first. */
export function tableGrowth(samples: readonly TablesSample[]): TableGrowth[] {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || first === last) return [];
  const hours = Math.max((last.at - first.at) / HOUR_MS, 1e-9);
  const rows = last.tables.map((now) =>
    growth(
      first.tables.find(({ table }) => table === now.table),
      now,
      hours,
    ),
  );
  return rows.sort((a, b) => b.bytesPerHour - a.bytesPerHour || b.seqRows - a.seqRows).slice(0, KEPT);
}

function growth(before: TableReading | undefined, now: TableReading, hours: number): TableGrowth {
  const since = (pick: (reading: TableReading) => number) => Math.max(0, pick(now) - (before ? pick(before) : 0));
  const firstBytes = before?.bytes ?? 0;
  return {
    table: now.table,
    firstBytes,
    lastBytes: now.bytes,
    bytesPerHour: (now.bytes - firstBytes) / hours,
    deadShare: now.liveRows + now.deadRows > 0 ? now.deadRows / (now.liveRows + now.deadRows) : 0,
    seqScans: since((reading) => reading.seqScans),
    seqRows: since((reading) => reading.seqRows),
    indexScans: since((reading) => reading.indexScans),
  };
}
