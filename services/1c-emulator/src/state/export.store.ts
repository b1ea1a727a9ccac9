import type { ExportKind, ExportRecord, ExportResult, ExportState, ExportTotals } from '../domain/export-record.js';

/** Which run told HRLink about the objects, and when. */
export interface ExportMoment {
  readonly runId: string;
  readonly atMs: number;
}

export interface ExportQuery {
  readonly kind?: ExportKind | undefined;
  readonly state?: ExportState | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** Keeps which object of 1C is which object of HRLink and how far its export got; the oldest give way. */
export abstract class ExportStore {
  /** A task with these objects was taken. */
  abstract accept(kind: ExportKind, refKeys: readonly string[], moment: ExportMoment): Promise<void>;
  /** HRLink said what became of them; also for objects it told of unasked. */
  abstract complete(kind: ExportKind, results: readonly ExportResult[], moment: ExportMoment): Promise<void>;
  /** Every record of a Ref_Key. */
  abstract find(refKey: string): Promise<readonly ExportRecord[]>;
  /** In the order they were first seen. */
  abstract page(query: ExportQuery): Promise<readonly ExportRecord[]>;
  abstract totals(): Promise<Readonly<Record<ExportKind, ExportTotals>>>;
  abstract clear(): Promise<void>;

  /** Reads again what other replicas may have written. */
  async refresh(): Promise<void> {
    // nobody else writes into memory
  }
}
