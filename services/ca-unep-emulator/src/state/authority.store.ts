import type { AuthorityRecord } from '../domain/authority.js';

/** Keeps what the authority is: its keys and certificates. A resolved promise means the change is kept. */
export abstract class AuthorityStore {
  /** Whether the authority outlives the process. */
  readonly isDurable: boolean = false;

  /** The authority kept, or the one `found` makes when there is none; of several callers at once all get the same one. */
  abstract open(found: () => AuthorityRecord): Promise<AuthorityRecord>;
  /** Replaces it by what `change` makes of the one kept now, with nothing in between. */
  abstract change(change: (record: AuthorityRecord) => AuthorityRecord): Promise<AuthorityRecord>;
  /** The one kept now; undefined before `open`. */
  abstract read(): Promise<AuthorityRecord | undefined>;
}
