import type { Revocation } from '../domain/revocation.js';

/** Keeps revocations: the only certificates whose status needs a lookup. A resolved promise means the change is kept. */
export abstract class RevocationStore {
  /** Takes the place of an earlier revocation of the same serial number. */
  abstract add(revocation: Revocation): Promise<void>;
  abstract find(serialHex: string): Promise<Revocation | undefined>;
  /** False when there was none. */
  abstract remove(serialHex: string): Promise<boolean>;
  /** In order of arrival. */
  abstract all(): Promise<readonly Revocation[]>;
  /** Forgets what only this process keeps, after others have cleared the store. */
  abstract forget(): void | Promise<void>;
  /** Calls back after other replicas have changed the store. Nothing to do where there are none. */
  whenOthersChange(_listener: () => void): void {
    // Memory has no others.
  }

  abstract clear(): Promise<void>;
}
