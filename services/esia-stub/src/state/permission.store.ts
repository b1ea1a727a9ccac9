import type { Permission } from '../domain/permission.js';

/** Consents of the digital profile a person gave a client. */
export interface GivenPermissions {
  readonly personIndex: number;
  readonly clientId: string;
  readonly permissions: readonly Permission[];
  readonly expiresAtMs: number;
}

/** Consents of the digital profile; a new one of the same person and client takes the place of the old. */
export abstract class PermissionStore {
  abstract give(given: GivenPermissions): Promise<void>;
  /** Undefined when never given, withdrawn or over. */
  abstract find(personIndex: number, clientId: string): Promise<GivenPermissions | undefined>;
  /** False when there was none. */
  abstract withdraw(personIndex: number, clientId: string): Promise<boolean>;
  /** Newest first, at most `limit`. */
  abstract list(limit: number): Promise<readonly GivenPermissions[]>;
  abstract count(): Promise<number>;
}
