import type { PersonEdit } from '../domain/person-edit.js';

/** Edits of accounts as they were when somebody kept them. */
export interface PersonSnapshot {
  readonly name: string;
  readonly madeAtMs: number;
  readonly edits: readonly (readonly [number, PersonEdit])[];
}

/** Kept sets of edits, by name; they outlive a reset. */
export abstract class PersonSnapshotStore {
  /** @throws PersonSnapshotStoreFull for a new name when as many are kept as the bound allows */
  abstract put(snapshot: PersonSnapshot): Promise<void>;
  abstract find(name: string): Promise<PersonSnapshot | undefined>;
  abstract list(): Promise<readonly PersonSnapshot[]>;
  /** False when there was none. */
  abstract remove(name: string): Promise<boolean>;
}

/** Snapshots kept at most. */
export const MAX_SNAPSHOTS = 20;

/** As many snapshots are kept as the bound allows. */
export class PersonSnapshotStoreFull extends Error {
  override readonly name = 'PersonSnapshotStoreFull';
}
