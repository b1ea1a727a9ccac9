/** Injection token of the bounds of the memory stores. */
export const STORE_LIMITS = Symbol('store limits');

/** Most objects kept of each kind; see BoundedTable for what happens at the bound. */
export interface StoreLimits {
  /** Persons, and employees separately. Never evicted. */
  readonly people: number;
  /** Files, documents, applications, ЛНА, tasks, signing and issue requests, each kind separately. */
  readonly objects: number;
  readonly sessions: number;
  /** Objects whose transitions are remembered. */
  readonly timelines: number;
}
