import type { Cell } from '../engine/recorder.js';
import type { Stage } from '../engine/timeline.js';
import type { StoredHistogram } from './run-files.js';
import type { RunFolder } from './run-folder.js';

/** State of a run at a moment: with the seed it says what has been done and what is still to come. */
export interface Checkpoint {
  number: number;
  at: number;
  launched: number;
  dropped: number;
  inFlight: number;
  /** Outcomes so far by operation, step and stage. */
  counts: { operation: string; step: number; stage: Stage; counts: Cell['counts'] }[];
  histograms: StoredHistogram[];
}

/** All histograms of the cells, serialised. */
export function storeHistograms(cells: readonly Cell[]): StoredHistogram[] {
  const kinds = ['fromPlan', 'service', 'accepted', 'lag'] as const;
  return cells.flatMap((cell) =>
    kinds
      .filter((kind) => cell[kind].count > 0)
      .map((kind) => ({
        operation: cell.operation,
        step: cell.step,
        stage: cell.stage,
        kind,
        count: cell[kind].count,
        data: cell[kind].encode(),
      })),
  );
}

/** Writes `checkpoints/NNNN.json`. */
export function writeCheckpoint(folder: RunFolder, checkpoint: Checkpoint): void {
  const name = `checkpoints/${String(checkpoint.number).padStart(4, '0')}.json`;
  folder.writeText(name, `${JSON.stringify(checkpoint)}\n`);
}
