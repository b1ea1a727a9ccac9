/** Real work done beside the waiting of the capacity pools: a known bottleneck for measuring tools to find. */
export interface WorkPlan {
  /** Whether documents are found through an index; without it every registry call reads the whole table. */
  readonly hasIndex: boolean;
  /** Connections of the pool. */
  readonly connections: number;
  /** How long a registry call keeps its connection, in a transaction, doing nothing with it, milliseconds. */
  readonly holdMs: number;
  /** How long a produced document keeps the row of a number counter locked, milliseconds; 0 numbers by a sequence. */
  readonly counterHoldMs: number;
  /** Processor time one conversion burns in the conversion worker, milliseconds. */
  readonly convertCpuMs: number;
}

/** Nothing in the way. */
export const CALM_WORK: WorkPlan = { hasIndex: true, connections: 10, holdMs: 0, counterHoldMs: 0, convertCpuMs: 0 };
