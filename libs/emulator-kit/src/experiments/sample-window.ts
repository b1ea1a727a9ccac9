const CELL_MS = 1000;
/** Buckets grow by a twentieth each: a percentile is right within 5 %. */
const GROWTH = 1.05;
const SMALLEST_MS = 0.1;
const BUCKETS = 320;

interface Cell {
  second: number;
  readonly counts: Uint32Array;
  calls: number;
  errors: number;
}

/** Calls of the last so many milliseconds, in cells of a second; memory does not grow with their number. */
export class SampleWindow {
  private readonly cells: Cell[];

  constructor(readonly windowMs: number) {
    const count = Math.ceil(windowMs / CELL_MS);
    this.cells = Array.from({ length: count }, () => ({
      second: -1,
      counts: new Uint32Array(BUCKETS),
      calls: 0,
      errors: 0,
    }));
  }

  /** Counts one call that ended at `nowMs`. */
  add(nowMs: number, durationMs: number, isError: boolean): void {
    const second = Math.floor(nowMs / CELL_MS);
    const cell = this.cells[second % this.cells.length]!;
    if (cell.second !== second) {
      cell.second = second;
      cell.counts.fill(0);
      cell.calls = cell.errors = 0;
    }
    cell.counts[bucketOf(durationMs)]! += 1;
    cell.calls += 1;
    if (isError) cell.errors += 1;
  }

  calls(nowMs: number): number {
    return this.live(nowMs).reduce((sum, { calls }) => sum + calls, 0);
  }

  /** Share of errors, 0..1; 0 without calls. */
  errorShare(nowMs: number): number {
    const calls = this.calls(nowMs);
    return calls === 0 ? 0 : this.live(nowMs).reduce((sum, { errors }) => sum + errors, 0) / calls;
  }

  /** Milliseconds below which `percentile` per cent of the calls ended; 0 without calls. */
  percentile(nowMs: number, percentile: number): number {
    const live = this.live(nowMs);
    const wanted = (this.calls(nowMs) * percentile) / 100;
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      for (const { counts } of live) seen += counts[bucket]!;
      if (seen > 0 && seen >= wanted) return SMALLEST_MS * GROWTH ** bucket;
    }
    return 0;
  }

  private live(nowMs: number): readonly Cell[] {
    const second = Math.floor(nowMs / CELL_MS);
    return this.cells.filter((cell) => cell.second > second - this.cells.length && cell.second <= second);
  }
}

function bucketOf(durationMs: number): number {
  const bucket = Math.ceil(Math.log(Math.max(durationMs, SMALLEST_MS) / SMALLEST_MS) / Math.log(GROWTH));
  return Math.min(BUCKETS - 1, bucket);
}
