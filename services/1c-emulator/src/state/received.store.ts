/** What 1C takes over from HRLink: finished applications become orders, finished documents go to the archive. */
export type ReceivedKind = 'application' | 'document';

/** Remembers what was taken over, so that nothing is taken twice; the oldest give way. */
export abstract class ReceivedStore {
  abstract has(kind: ReceivedKind, id: string): Promise<boolean>;
  /** @param finishedAt when its docflow finished, ISO 8601 UTC as HRLink wrote it */
  abstract add(kind: ReceivedKind, id: string, finishedAt: string): Promise<void>;
  /** Latest finish among everything ever added. */
  abstract newest(kind: ReceivedKind): Promise<string | undefined>;
  /** How many were ever added. */
  abstract totals(): Promise<Readonly<Record<ReceivedKind, number>>>;
  abstract clear(): Promise<void>;

  /** Reads again what other replicas may have written. */
  async refresh(): Promise<void> {
    // nobody else writes into memory
  }
}
