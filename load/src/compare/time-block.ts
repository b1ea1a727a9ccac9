const LOWEST_MS = 0.1;
/** One bin is one per cent wide: finer than any difference that is told. */
const BIN_RATIO = Math.log(1.01);

/** What ended in one stretch of a hold; latencies in bins of one per cent. */
export class TimeBlock {
  readonly bins = new Map<number, number>();
  succeeded = 0;
  failed = 0;
  planned = 0;
  sumMs = 0;

  /** A successful operation. */
  add(latencyMs: number): void {
    const bin = Math.max(0, Math.round(Math.log(Math.max(latencyMs, LOWEST_MS) / LOWEST_MS) / BIN_RATIO));
    this.bins.set(bin, (this.bins.get(bin) ?? 0) + 1);
    this.succeeded += 1;
    this.sumMs += latencyMs;
  }
}

/** Blocks of one operation made ready for resampling: bins are columns of one table. */
export interface BlockTable {
  blocks: readonly TimeBlock[];
  /** Latency of each column, ascending. */
  valuesMs: Float64Array;
  /** One row of counts per block. */
  rows: readonly Uint32Array[];
}

/** Lays blocks out as a table of counts. */
export function tabulate(blocks: readonly TimeBlock[]): BlockTable {
  const used = [...new Set(blocks.flatMap((block) => [...block.bins.keys()]))].sort((a, b) => a - b);
  const columns = new Map(used.map((bin, index) => [bin, index]));
  const rows = blocks.map((block) => {
    const row = new Uint32Array(used.length);
    for (const [bin, count] of block.bins) row[columns.get(bin) as number] = count;
    return row;
  });
  return { blocks, valuesMs: Float64Array.from(used, (bin) => LOWEST_MS * Math.exp(bin * BIN_RATIO)), rows };
}
